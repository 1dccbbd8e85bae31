using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Footfall.Server;

/// <summary>Lets a connection in when there is a place for its address, and drops it otherwise.</summary>
internal sealed class ConnectionGate(ConnectionPlaces places, ThrottledLog log)
{
    public ConnectionDelegate Before(ConnectionDelegate next) => connection => RunAsync(connection, next);

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var peer = ((IPEndPoint)connection.RemoteEndPoint!).Address;
        if (!places.TryTake(peer))
        {
            log.Write("connections", "connections are refused: too many are open from one address, or at all");
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            places.Return(peer);
        }
    }
}
