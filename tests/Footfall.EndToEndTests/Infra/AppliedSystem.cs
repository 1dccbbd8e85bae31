using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Footfall.EndToEndTests.Lambda;
using Footfall.EndToEndTests.Page;
using Footfall.EndToEndTests.Tooling;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// A system as <c>script/deploy-backend</c> and <c>script/deploy-site</c> put it into an emulated account, run by the
/// deploy role; started when a test first asks for it.
/// </summary>
public sealed class AppliedSystem(NativeFunction function) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly TemporaryFolder folder = new();
    private Task? started;
    private AwsEmulator? emulator;
    private Terraform? terraform;
    private CloudFrontStandIn? standIn;
    private HttpClient? browser;
    private AwsCredentials? deployer;

    internal AwsEmulator Emulator => emulator!;

    internal CloudFrontStandIn StandIn => standIn!;

    internal TemporaryFolder Folder => folder;

    /// <summary>Where the scripts run.</summary>
    internal Checkout Checkout => terraform!.Checkout;

    /// <summary>The page's address, as Terraform's outputs give it.</summary>
    public Uri Site { get; private set; } = null!;

    public JsonNode Outputs { get; private set; } = null!;

    /// <summary>Reaches <see cref="Site"/>, which is the stand-in for CloudFront.</summary>
    public HttpClient Browser => browser!;

    public Task StartAsync()
    {
        lock (gate)
        {
            return started ??= StartOnceAsync();
        }
    }

    /// <summary>The page's files, as they were put online.</summary>
    public string Dist => Path.Combine(folder.Path, "dist");

    /// <summary>Runs a script of the repository as a workflow does.</summary>
    internal Task<ToolResult> RunAsync(string script, params string[] arguments) =>
        RunAsync(script, arguments, new Dictionary<string, string?>());

    /// <param name="settings">Terraform's variables, beside those of every test.</param>
    internal Task<ToolResult> RunAsync(
        string script, string[] arguments, IReadOnlyDictionary<string, string?> settings)
    {
        var environment = terraform!.Environment(deployer!);
        environment["CURL_HOME"] = folder.Path;
        environment["TF_VAR_report"] = "weekly";
        foreach (var (name, value) in settings)
        {
            environment[$"TF_VAR_{name}"] = value;
        }

        standIn!.Forget();
        return Tool.RunAsync(terraform.Checkout.File(script), arguments, environment);
    }

    /// <summary>Puts <see cref="Dist"/> online.</summary>
    internal Task<ToolResult> DeploySiteAsync() => RunAsync("script/deploy-site", "--built", Dist);

    /// <summary>The function's package.</summary>
    internal Task<string> PackageAsync() => function.PackageAsync();

    /// <summary>The count, as anybody may read it.</summary>
    public async Task<long> ReadVisitsAsync() =>
        (long)JsonNode.Parse(await Browser.GetStringAsync(new Uri(Site, "/api/visits")))!["visits"]!;

    public async ValueTask DisposeAsync()
    {
        browser?.Dispose();
        if (standIn is not null)
        {
            await standIn.DisposeAsync();
        }

        if (emulator is not null)
        {
            await emulator.DisposeAsync();
        }

        folder.Dispose();
    }

    private async Task StartOnceAsync()
    {
        Terraform.Require();
        foreach (var tool in (string[])["aws", "curl", "jq"])
        {
            Tool.Require(tool);
        }

        emulator = await AwsEmulator.StartAsync();
        terraform = new Terraform(emulator, folder.Path);
        await terraform.BootstrapAsync();
        deployer = await emulator.AssumeRoleAsync("footfall-deploy");
        standIn = await CloudFrontStandIn.StartAsync(emulator, folder.Path);
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, ".curlrc"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"connect-to = \":443:127.0.0.1:{standIn.Port}\"\ncacert = \"{folder.Path}/ca.pem\"\n"));
        browser = ConnectFrom(IPAddress.Loopback);
        _ = (await RunAsync("script/deploy-backend", "--yes", "--zip", await PackageAsync())).Expect();
        Outputs = await terraform.ReadOutputsAsync(deployer);
        Site = new Uri((string)Outputs["site_url"]!["value"]!);
        _ = (await BuildSiteAsync()).Expect();
        _ = (await DeploySiteAsync()).Expect();
    }

    private Task<ToolResult> BuildSiteAsync() => Tool.RunAsync(
        "script/build-site",
        [Site.ToString(), Dist, ExampleSite.Resume],
        new Dictionary<string, string?> { ["CURL_HOME"] = folder.Path });

    /// <summary>A browser at this address of the machine's, 127.0.0.1 to 127.255.255.254.</summary>
    public HttpClient ConnectFrom(IPAddress address)
    {
        var port = standIn!.Port;
        using var trusted = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder.Path, "ca.pem"));
        var thumbprint = trusted.Thumbprint;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync("127.0.0.1", port, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, certificate, _, _) => certificate is X509Certificate2 shown && shown.Thumbprint == thumbprint;
        return new HttpClient(handler);
    }
}

[CollectionDefinition(nameof(AppliedSystem))]
public sealed class AppliedSystemTests : ICollectionFixture<AppliedSystem>;
