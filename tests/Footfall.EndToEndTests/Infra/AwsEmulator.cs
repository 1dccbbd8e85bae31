using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Footfall.EndToEndTests.Tooling;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// Amazon's services on this machine (<c>tests/emulator/serve.py</c>), on a port and with a memory of their own.
/// </summary>
internal sealed class AwsEmulator : IAsyncDisposable
{
    public const string Account = "123456789012";
    public const string Region = "eu-central-1";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Process process;
    private readonly HttpClient http = new();
    private readonly StringBuilder said = new();

    private AwsEmulator(Process process, Uri endpoint)
    {
        this.process = process;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public static async Task<AwsEmulator> StartAsync()
    {
        await RequireAsync();
        var port = FreePort();
        var server = Process.Start(Describe(port))!;
        var emulator = new AwsEmulator(server, new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri);
        server.OutputDataReceived += emulator.Listen;
        server.BeginOutputReadLine();
        await emulator.WaitUntilItAnswersAsync();
        return emulator;
    }

    /// <summary>The emulator is no account of the owner's, and a profile that the shell names may not be there.</summary>
    private static Dictionary<string, string?> NoProfile { get; } =
        new(StringComparer.Ordinal) { ["AWS_PROFILE"] = null, ["AWS_DEFAULT_PROFILE"] = null };

    /// <summary>Whether every patch of moto still fits: otherwise the program ends with its name.</summary>
    public static Task<ToolResult> CheckAsync() =>
        Tool.RunAsync("python3", ["tests/emulator/serve.py", "--check"], NoProfile);

    /// <summary>What leads AWS's own programs, the SDK and Terraform to the emulator, and nowhere else.</summary>
    public Dictionary<string, string?> Environment(AwsCredentials credentials) => new(StringComparer.Ordinal)
    {
        ["AWS_ENDPOINT_URL"] = Endpoint.ToString().TrimEnd('/'),
        ["AWS_ACCESS_KEY_ID"] = credentials.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = credentials.SecretAccessKey,
        ["AWS_SESSION_TOKEN"] = credentials.SessionToken,
        ["AWS_REGION"] = Region,
        ["AWS_DEFAULT_REGION"] = Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_PROFILE"] = null,
        ["AWS_DEFAULT_PROFILE"] = null,
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_PAGER"] = "",
    };

    /// <summary>What one call to a service's API answers.</summary>
    /// <param name="service">As in a signature's scope: <c>s3</c>, <c>dynamodb</c>, <c>apigateway</c>.</param>
    public async Task<HttpResponseMessage> CallAsync(
        string service, HttpMethod method, string path, HttpContent? content = null, AwsCredentials? credentials = null)
    {
        var caller = credentials ?? AwsCredentials.Administrator;
        using var request = new HttpRequestMessage(method, new Uri(Endpoint, path)) { Content = content };
        // The emulator looks up whose key it is, and does not check what was signed.
        _ = request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={caller.AccessKeyId}/20260101/{Region}/{service}/aws4_request,"
            + " SignedHeaders=host, Signature=0");
        if (caller.SessionToken is not null)
        {
            request.Headers.Add("X-Amz-Security-Token", caller.SessionToken);
        }

        return await http.SendAsync(request);
    }

    public async Task<JsonNode> ReadJsonAsync(string service, string path)
    {
        using var answer = await CallAsync(service, HttpMethod.Get, path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {body}");
        return JsonNode.Parse(body)!;
    }

    public async Task<XElement> ReadXmlAsync(string service, string path)
    {
        using var answer = await CallAsync(service, HttpMethod.Get, path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {body}");
        var root = XElement.Parse(body);
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return root;
    }

    public async Task<AwsCredentials> AssumeRoleAsync(string role)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "AssumeRole",
            ["Version"] = "2011-06-15",
            ["RoleArn"] = $"arn:aws:iam::{Account}:role/{role}",
            ["RoleSessionName"] = "test",
        });
        using var answer = await CallAsync("sts", HttpMethod.Post, "/", form);
        var keys = XElement.Parse(await answer.Content.ReadAsStringAsync()).Descendants()
            .Where(element => !element.HasElements)
            .ToLookup(element => element.Name.LocalName, element => element.Value);
        return new(keys["AccessKeyId"].Single(), keys["SecretAccessKey"].Single(), keys["SessionToken"].Single());
    }

    /// <summary>What is at an address that the emulator gave.</summary>
    public Task<byte[]> DownloadAsync(string address) => http.GetByteArrayAsync(new Uri(address));

    /// <summary>Whom a role trusts.</summary>
    public Task<JsonNode> ReadRoleAsync(string role) =>
        ReadDocumentAsync("AssumeRolePolicyDocument", ("Action", "GetRole"), ("RoleName", role));

    /// <summary>What a role may do by its policy of this name.</summary>
    public Task<JsonNode> ReadRolePolicyAsync(string role, string policy) =>
        ReadDocumentAsync("PolicyDocument", ("Action", "GetRolePolicy"), ("RoleName", role), ("PolicyName", policy));

    /// <summary>All that a role may do: its own policies, and those that are attached to it.</summary>
    public async Task<IReadOnlyList<JsonNode>> ReadPoliciesAsync(string role)
    {
        var documents = new List<JsonNode>();
        foreach (var name in await ReadIamAsync("member", ("Action", "ListRolePolicies"), ("RoleName", role)))
        {
            documents.Add(await ReadRolePolicyAsync(role, name));
        }

        foreach (var arn in await ReadIamAsync("PolicyArn", ("Action", "ListAttachedRolePolicies"), ("RoleName", role)))
        {
            documents.Add(await ReadPolicyAsync(arn));
        }

        return documents;
    }

    /// <summary>What a policy that is attached to roles says now.</summary>
    public async Task<JsonNode> ReadPolicyAsync(string arn)
    {
        var version = (await ReadIamAsync("DefaultVersionId", ("Action", "GetPolicy"), ("PolicyArn", arn))).Single();
        return await ReadDocumentAsync("Document", ("Action", "GetPolicyVersion"), ("PolicyArn", arn), ("VersionId", version));
    }

    /// <summary>What roles were asked for so far: actions and resources.</summary>
    public async Task<IReadOnlyList<(string Action, string Resource)>> ReadCallsAsync() =>
    [
        .. (await ReadJsonAsync("sts", "/moto-api/calls")).AsArray()
            .Select(call => ((string)call!["action"]!, (string)call["resource"]!)),
    ];

    /// <summary>The names of all that exists, one text that two moments can be compared by.</summary>
    public async Task<string> TakeInventoryAsync() =>
        (await ReadJsonAsync("sts", "/moto-api/inventory")).ToJsonString();

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task WriteRolePolicyAsync(string role, string policy, string document)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "PutRolePolicy",
            ["Version"] = "2010-05-08",
            ["RoleName"] = role,
            ["PolicyName"] = policy,
            ["PolicyDocument"] = document,
        });
        using var answer = await CallAsync("iam", HttpMethod.Post, "/", form);
        _ = answer.EnsureSuccessStatusCode();
    }

    private async Task<JsonNode> ReadDocumentAsync(string document, params (string Name, string Value)[] parameters) =>
        JsonNode.Parse(Uri.UnescapeDataString((await ReadIamAsync(document, parameters)).Single()))!;

    /// <summary>The texts of the elements of this name in IAM's answer.</summary>
    private async Task<string[]> ReadIamAsync(string element, params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent(
            parameters.Append(("Version", "2010-05-08")).ToDictionary(pair => pair.Item1, pair => pair.Item2));
        using var answer = await CallAsync("iam", HttpMethod.Post, "/", form);
        return
        [
            .. XElement.Parse(await answer.Content.ReadAsStringAsync()).Descendants()
                .Where(found => found.Name.LocalName == element).Select(found => found.Value),
        ];
    }

    private static async Task RequireAsync()
    {
        Tool.Require("python3");
        var check = await CheckAsync();
        Prerequisite.Require(check.ExitCode == 0, $"the AWS emulator ({check.Output.Trim()})");
    }

    // The shell ends the server when its input is closed, and that happens however this process ends.
    private static ProcessStartInfo Describe(int port) => new("/bin/sh")
    {
        ArgumentList =
        {
            "-c",
            "python3 tests/emulator/serve.py -H 127.0.0.1 -p \"$1\" </dev/null 2>&1 & read -r _; kill $!; wait $!",
            "sh",
            port.ToString(CultureInfo.InvariantCulture),
        },
        WorkingDirectory = Prerequisite.RepositoryRoot,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        Environment =
        {
            ["PATH"] = Tool.SearchPath,
            ["AWS_PROFILE"] = null,
            ["AWS_DEFAULT_PROFILE"] = null,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["MOTO_ACM_VALIDATION_WAIT"] = "0",
            ["MOTO_DISABLE_GLOBAL_CORS"] = "true",
        },
    };

    private void Listen(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            said.AppendLine(line.Data);
        }
    }

    private async Task WaitUntilItAnswersAsync()
    {
        using var patience = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Endpoint, "/moto-api/inventory"), patience.Token);
                return;
            }
            catch (HttpRequestException)
            {
                Assert.False(process.HasExited, $"The AWS emulator ended at once:\n{said}");
                await Task.Delay(Pause, patience.Token);
            }
        }
    }
}
