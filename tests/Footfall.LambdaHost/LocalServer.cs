using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Footfall.LambdaHost;

/// <summary>A bare Kestrel on the loopback interface: no configuration, no logging, a free port unless one is given.</summary>
internal static class LocalServer
{
    public static async Task<(WebApplication Server, Uri Address)> StartAsync(
        Action<IEndpointRouteBuilder> map, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        var server = builder.Build();
        map(server);
        await server.StartAsync();
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return (server, new Uri(addresses.Addresses.Single()));
    }
}
