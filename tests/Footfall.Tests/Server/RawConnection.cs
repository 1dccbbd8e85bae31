using System.Net;
using System.Net.Sockets;
using System.Text;
using Footfall.Tests.Hosts;

namespace Footfall.Tests.Server;

/// <summary>A connection to a server on which a test says what it likes, byte for byte.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket socket;

    private RawConnection(Socket socket) => this.socket = socket;

    /// <param name="from">The address of this machine to come from.</param>
    public static async Task<RawConnection> OpenAsync(KestrelHost host, string from = "127.0.0.1")
    {
        var opened = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        opened.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await opened.ConnectAsync(host.Url.Host, host.Url.Port, Cancellation);
        return new RawConnection(opened);
    }

    /// <summary>
    /// Sends a request on a connection of its own and reads until the server closes it; nothing where it is not let in.
    /// </summary>
    public static async Task<string> AskAsync(KestrelHost host, string request, string from = "127.0.0.1")
    {
        try
        {
            using var connection = await OpenAsync(host, from);
            await connection.SendAsync(request);
            return await connection.ReadToEndAsync();
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            return "";
        }
    }

    /// <param name="text">Each character is a byte (Latin-1).</param>
    public async Task SendAsync(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent), Cancellation);
        }
    }

    /// <summary>What comes until the other side closes, or drops, the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, Cancellation) is > 0 and var length)
            {
                _ = text.Append(Encoding.Latin1.GetString(buffer, 0, length));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Dropped.
        }

        return text.ToString();
    }

    public void Dispose() => socket.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
