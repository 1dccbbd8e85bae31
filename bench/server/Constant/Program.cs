using System.Globalization;
using System.Net;
using Footfall.Bench.Constant;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

// Kestrel without a pipeline or a container, as Footfall runs it. The argument is the port.
var options = new KestrelServerOptions { AddServerHeader = false };
options.Listen(
    new IPEndPoint(IPAddress.Loopback, int.Parse(args[0], CultureInfo.InvariantCulture)),
    listen => listen.Protocols = HttpProtocols.Http1);
var transport = new SocketTransportFactory(
    Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
using var kestrel = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
await kestrel.StartAsync(new ConstantApplication(), CancellationToken.None);
await Task.Delay(Timeout.Infinite);
