using System.Net;
using Footfall.Cli.Commands;
using Footfall.Cli.Settings;
using Footfall.Counting;
using Footfall.Server;
using Footfall.Tests.Stores;
using Microsoft.AspNetCore.Http;

namespace Footfall.Tests.Cli;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null, null, null, 8080)]
    [InlineData(null, null, "1", 1)]
    [InlineData(null, "2", null, 2)]
    [InlineData(null, "2", "1", 2)]
    [InlineData("3", null, null, 3)]
    [InlineData("3", null, "1", 3)]
    [InlineData("3", "2", null, 3)]
    [InlineData("3", "2", "1", 3)]
    [InlineData(null, "", "1", 1)]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file(
        string? option, string? variable, string? inFile, int port)
    {
        var settings = Read(
            option is null ? [] : [("--port", [option])],
            variable is null ? [] : [("FOOTFALL_PORT", variable)],
            inFile is null ? null : $$"""{ "Footfall": { "Port": {{inFile}} } }""");

        Assert.Equal(port, settings.Hosting.Endpoint.Port);
    }

    [Theory]
    [InlineData("environment")]
    [InlineData("file")]
    [InlineData("command line")]
    public void Every_setting_can_be_made_in_every_place(string place)
    {
        var settings = place switch
        {
            "environment" => Read(environment:
            [
                ("FOOTFALL_RESUME", "me.json"), ("FOOTFALL_DATA", "/var/lib/footfall"), ("FOOTFALL_HOST", "::1"),
                ("FOOTFALL_PORT", "81"), ("FOOTFALL_COUNTERS", "readme, talks"), ("FOOTFALL_ORIGINS", "https://a.example,https://b.example"),
                ("FOOTFALL_VISIT_WINDOW", "01:00:00"), ("FOOTFALL_ADDRESS_LIMIT", "5"), ("FOOTFALL_NETWORK_LIMIT", "7"), ("FOOTFALL_DAILY_VISITORS", "8"), ("FOOTFALL_REQUESTS_PER_MINUTE", "60"),
                ("FOOTFALL_TRUSTED_PROXIES", "10.0.0.0/8,192.0.2.1"), ("FOOTFALL_BASE_PATH", "/cv"), ("PATH", "/bin"),
            ]),
            "file" => Read(file: """
                {
                  "Logging": { "LogLevel": "None" },
                  "Footfall": {
                    "Resume": "me.json", "Data": "/var/lib/footfall", "Host": "::1", "Port": 81,
                    "Counters": ["readme", "talks"], "Origins": "https://a.example, https://b.example",
                    "VisitWindow": "01:00:00", "AddressLimit": 5, "NetworkLimit": 7, "DailyVisitors": 8, "requestsPerMinute": 60,
                    "TrustedProxies": ["10.0.0.0/8", "192.0.2.1"], "BasePath": "/cv/"
                  }
                }
                """),
            _ => Read(
            [
                ("--resume", ["me.json"]), ("--data", ["/var/lib/footfall"]), ("--host", ["::1"]), ("--port", ["81"]),
                ("--counter", ["readme", "talks"]), ("--origin", ["https://a.example", "https://b.example"]),
                ("--visit-window", ["01:00:00"]), ("--address-limit", ["5"]), ("--network-limit", ["7"]), ("--daily-visitors", ["8"]), ("--requests-per-minute", ["60"]),
                ("--trusted-proxy", ["10.0.0.0/8", "192.0.2.1"]), ("--base-path", ["/cv/"]),
            ]),
        };

        Assert.Equal("me.json", settings.ResumeFile);
        Assert.Equal("/var/lib/footfall/footfall.db", settings.DatabaseFile);
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 81), settings.Hosting.Endpoint);
        Assert.Equal(["/", "readme", "talks"], settings.Hosting.Counters.All);
        Assert.True(settings.Hosting.Origins.Contain("https://a.example"));
        Assert.True(settings.Hosting.Origins.Contain("https://b.example"));
        Assert.Equal(new VisitRules { VisitWindow = TimeSpan.FromHours(1), AddressLimit = 5, NetworkLimit = 7 }, settings.Hosting.Rules);
        Assert.Equal(8, settings.DailyVisitors);
        Assert.Equal(60, settings.Hosting.RequestsPerMinute);
        Assert.Equal(IPAddress.Parse("6.6.6.6"), ClientBehind(settings.Hosting, "10.1.2.3"));
        Assert.Equal(IPAddress.Parse("6.6.6.6"), ClientBehind(settings.Hosting, "192.0.2.1"));
        Assert.Equal(IPAddress.Parse("192.0.2.2"), ClientBehind(settings.Hosting, "192.0.2.2"));
        Assert.Equal("/cv", settings.Hosting.BasePath);
        Assert.Null(settings.DynamoDbTable);
    }

    [Fact]
    public void Without_any_setting_a_resume_here_is_served_on_the_loopback_and_counted_beside_it()
    {
        var settings = Read([("--resume", [folder.File("resume.json")])]);

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 8080), settings.Hosting.Endpoint);
        Assert.Equal(folder.File("data/footfall.db"), settings.DatabaseFile);
        Assert.Equal(["/"], settings.Hosting.Counters.All);
        Assert.Equal(new VisitRules(), settings.Hosting.Rules);
        Assert.Equal(HostSettings.DefaultRequestsPerMinute, settings.Hosting.RequestsPerMinute);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("localhost", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("10.0.0.5", false)]
    public void On_the_loopback_alone_it_is_local(string host, bool isLocal) =>
        Assert.Equal(isLocal, Read([("--host", [host])]).Hosting.IsLocal);

    [Theory]
    [InlineData("/", "")]
    [InlineData("/cv", "/cv")]
    [InlineData("/people/jane.doe/", "/people/jane.doe")]
    public void A_base_path_is_kept_without_its_last_slash(string path, string kept) =>
        Assert.Equal(kept, Read([("--base-path", [path])]).Hosting.BasePath);

    [Fact]
    public void No_requests_a_minute_is_no_bound() =>
        Assert.Null(Read([("--requests-per-minute", ["0"])]).Hosting.RequestsPerMinute);

    [Fact]
    public void A_table_is_counted_in_when_it_is_named_with_its_store()
    {
        var table = Read(environment: [("FOOTFALL_STORE", "dynamodb"), ("FOOTFALL_TABLE", "visits"), ("FOOTFALL_SHARDS", "8")])
            .DynamoDbTable!;

        Assert.Equal("visits", table.TableName);
        Assert.Equal(8, table.Shards);
    }

    [Theory]
    [InlineData("--port", "x", "--port: 'x' is no whole number from 0 to 65535.")]
    [InlineData("--port", "65536", "--port: '65536' is no whole number from 0 to 65535.")]
    [InlineData("--port", "-1", "--port: '-1' is no whole number from 0 to 65535.")]
    [InlineData("--host", "example.com", "--host: 'example.com' is no IP address, such as 127.0.0.1, 0.0.0.0 or ::1.")]
    [InlineData("--counter", "a b", "--counter: 'a b' is no counter key.")]
    [InlineData("--origin", "https://a.example/", "--origin: 'https://a.example/' is no origin.")]
    [InlineData("--origin", "*", "--origin: '*' is no origin.")]
    [InlineData("--visit-window", "30m", "--visit-window: '30m' is no time from 00:00:01 to 1.00:00:00, such as 00:30:00.")]
    [InlineData("--visit-window", "00:00:00", "--visit-window: '00:00:00' is no time")]
    [InlineData("--address-limit", "0", "--address-limit: '0' is no whole number from 1 to 1000000000.")]
    [InlineData("--trusted-proxy", "10.0.0.0/33", "--trusted-proxy: '10.0.0.0/33' is no network")]
    [InlineData("--base-path", "cv", "--base-path: 'cv' is no path of letters, digits, -, ., _ and ~, such as /cv/.")]
    [InlineData("--base-path", "/a//b", "--base-path: '/a//b' is no path")]
    [InlineData("--base-path", "/../cv", "--base-path: '/../cv' is no path")]
    [InlineData("--base-path", "/c v", "--base-path: '/c v' is no path")]
    [InlineData("--base-path", "", "--base-path: '' is no path")]
    [InlineData("--store", "redis", "--store: 'redis' is no store; there are sqlite and dynamodb.")]
    [InlineData("--store", "dynamodb", "--store dynamodb needs the name of the table: --table NAME.")]
    [InlineData("--table", "visits", "--table: this is for --store dynamodb.")]
    public void A_wrong_value_is_refused_by_the_name_of_its_option(string option, string value, string message) =>
        Assert.StartsWith(message, Refusal([(option, [value])]), StringComparison.Ordinal);

    [Theory]
    [InlineData("FOOTFALL_PORT", "x", "FOOTFALL_PORT: 'x' is no whole number")]
    [InlineData("FOOTFALL_COUNTERS", "readme,a b", "FOOTFALL_COUNTERS: 'a b' is no counter key.")]
    [InlineData("FOOTFALL_PROT", "80", "the environment's FOOTFALL_PROT is no setting; unset it. There are FOOTFALL_RESUME, ")]
    public void A_wrong_variable_is_refused_by_its_name(string name, string value, string message) =>
        Assert.StartsWith(message, Refusal(environment: [(name, value)]), StringComparison.Ordinal);

    [Theory]
    [InlineData("FOOTFALL_SERVICE_HOST", "10.96.0.17")]
    [InlineData("FOOTFALL_SERVICE_PORT", "80")]
    [InlineData("FOOTFALL_SERVICE_PORT_HTTP", "80")]
    [InlineData("FOOTFALL_PORT", "tcp://10.96.0.17:80")]
    [InlineData("FOOTFALL_PORT_80_TCP", "tcp://10.96.0.17:80")]
    [InlineData("FOOTFALL_PORT_80_TCP_PROTO", "tcp")]
    [InlineData("FOOTFALL_PORT_80_TCP_PORT", "80")]
    [InlineData("FOOTFALL_PORT_80_TCP_ADDR", "10.96.0.17")]
    [InlineData("FOOTFALL_PORT_53_UDP_ADDR", "10.96.0.17")]
    [InlineData("FOOTFALL_WEB_2_SERVICE_HOST", "fd00::17")]
    [InlineData("FOOTFALL_WEB_2_PORT", "udp://[fd00::17]:53")]
    [InlineData("FOOTFALL_WEB_2_PORT_443_TCP_ADDR", "fd00::17")]
    public void What_Kubernetes_says_of_a_service_is_no_setting(string name, string value)
    {
        Assert.Equal(8080, Read(environment: [(name, value)]).Hosting.Endpoint.Port);
        Assert.Equal(81, Read(environment: [(name, value), .. name == "FOOTFALL_PORT" ? [] : new[] { ("FOOTFALL_PORT", "81") }], line: [("--port", ["81"])]).Hosting.Endpoint.Port);
    }

    [Theory]
    [InlineData("FOOTFALL_PORT", "tcp:80")]
    [InlineData("FOOTFALL_PORTS", "tcp://10.96.0.17:80")]
    [InlineData("FOOTFALL_SERVICE_HOSTS", "10.96.0.17")]
    [InlineData("FOOTFALL_PORT_80", "80")]
    [InlineData("FOOTFALL_TRUSTED_PROXY", "10.0.0.0/8")]
    public void A_misspelt_variable_is_told_as_before(string name, string value) =>
        Assert.Contains(name, Refusal(environment: [(name, value)]), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "Footfall": { "Port": "x" } }""", "FILE: Footfall:Port: 'x' is no whole number")]
    [InlineData("""{ "Footfall": { "Port": [1, 2] } }""", "FILE: Footfall:Port: expected one value, found 2.")]
    [InlineData("""{ "Footfall": { "Prot": 80 } }""", "FILE: Footfall:Prot is no setting. There are Resume, Data, ")]
    [InlineData("{ \"Footfall\": {\n  \"Port\": 80,,\n} }", "FILE cannot be read: line 2, byte 14 is not JSON.")]
    [InlineData("[]", "FILE cannot be read: the file must be an object, { … }, and is [].")]
    [InlineData("""{ "Footfall": 80 }""", "FILE cannot be read: Footfall must be an object, { … }, and is 80.")]
    [InlineData("""{ "Footfall": { "Port": { "Number": 80 } } }""", "FILE: Footfall:Port: expected a text, a number, true, false or a list of these, found { \"Number\": 80 }.")]
    [InlineData("""{ "Footfall": { "Port": 80, "Port": 81 } }""", "FILE cannot be read: ")]
    public void A_wrong_file_is_refused_by_its_name_and_the_place_in_it(string content, string message) =>
        Assert.StartsWith(
            message.Replace("FILE", folder.File("appsettings.json"), StringComparison.Ordinal),
            Refusal(file: content),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "footfall": { "port": "81", }, } // mine""")]
    [InlineData("\uFEFF{ \"Logging\": {}, \"Footfall\": { \"PORT\": 81 } }")]
    public void A_file_may_say_it_as_people_write(string content) => Assert.Equal(81, Read(file: content).Hosting.Endpoint.Port);

    private static IPAddress ClientBehind(HostSettings settings, string peer) =>
        settings.TrustedProxies.Trace(IPAddress.Parse(peer), new HeaderDictionary { ["X-Forwarded-For"] = "6.6.6.6" }).Client;

    private string Refusal(
        (string Option, string[] Values)[]? line = null, (string Name, string Value)[]? environment = null, string? file = null) =>
        Assert.Throws<CommandException>(() => Read(line, environment, file)).Message;

    private ServeSettings Read(
        (string Option, string[] Values)[]? line = null, (string Name, string Value)[]? environment = null, string? file = null)
    {
        var settingsFile = folder.File("appsettings.json");
        if (file is not null)
        {
            File.WriteAllText(settingsFile, file);
        }

        var variables = (environment ?? []).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        var options = (line ?? []).ToDictionary(o => o.Option, o => o.Values, StringComparer.Ordinal);
        return ServeSettings.From(new SettingsReader(variables, settingsFile)
            .Read(ServeSettings.All, setting => options.GetValueOrDefault(setting.Option)));
    }
}
