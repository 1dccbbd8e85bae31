using System.Globalization;
using System.Net;
using Footfall.Api;
using Footfall.Cli.Commands;
using Footfall.Cli.Reporting;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Sqlite;
using Footfall.Server;
using Footfall.Site;

namespace Footfall.Cli.Settings;

/// <summary>All that <c>footfall serve</c> can be told.</summary>
internal sealed record ServeSettings
{
    private const string InTable = "dynamodb";

    private static readonly Setting Resume = new("resume", "FILE", "The résumé. [default: resume.json]");
    private static readonly Setting Data = new(
        "data", "DIR", "Where the counts are kept, in footfall.db. [default: data, beside the résumé]");
    private static readonly Setting Host = new(
        "host", "ADDRESS", "The address to listen on; 0.0.0.0 is every one of this machine. [default: 127.0.0.1]");
    private static readonly Setting Port = new(
        "port", "N", $"The port to listen on; 0 is any that is free. [default: {Text(HostSettings.DefaultPort)}]");
    private static readonly Setting Counters = new(
        "counters", "KEY", "A counter beside the page's own, such as readme for a badge, or a family, such as /blog/*. Repeatable.")
    { IsList = true };
    private static readonly Setting Origins = new(
        "origins", "ORIGIN", "An origin whose pages may count here, such as https://example.com. Repeatable.")
    { IsList = true };
    private static readonly Setting VisitWindow = new(
        "visit-window", "HH:MM:SS", "How long after a counted visit the same visitor is a repeat. [default: 00:30:00]");
    private static readonly Setting AddressLimit = new(
        "address-limit", "N", $"How many visitors one address may bring in a day. [default: {Text(VisitRules.DefaultAddressLimit)}]");
    private static readonly Setting NetworkLimit = new(
        "network-limit", "N", "How many visitors one IPv6 network, a /48, may bring in a day. "
        + $"[default: {Text(VisitRules.DefaultAddressesPerNetwork)} times the address's]");
    private static readonly Setting VisitorsOfADay = new(
        "daily-visitors",
        "N",
        $"How many visitors of one day the database remembers; newcomers beyond are limited. [default: {Text(SqliteStoreOptions.DefaultDailyVisitors)}]");
    private static readonly Setting RequestsPerMinute = new(
        "requests-per-minute",
        "N",
        $"How often one address may ask to be counted; 0 is without a bound. [default: {Text(HostSettings.DefaultRequestsPerMinute)}]");
    private static readonly Setting TrustedProxies = new(
        "trusted-proxies", "CIDR", "A proxy in front, whose X-Forwarded-For is believed, such as 10.0.0.0/8; one on this machine is, when nobody else can call. Repeatable.")
    { IsList = true };
    private static readonly Setting BasePath = new(
        "base-path", "PATH", "The path that the page has behind a proxy which does not take it away, such as /cv/.");

    private static readonly Setting Public = new(
        "public", "WHAT", $"What everybody may read: {PublicNumbersNames.Expected}. The owner reads all, with the key. [default: count]");
    private static readonly Setting OwnerKeyDigest = new(
        "owner-key-sha256", "HEX", "The SHA-256 of the owner's key, from footfall owner-key. [default: of a key that is made, in DIR/owner-key]");

    private static readonly Setting SiteUrl = new(
        "site-url", "URL", "Where the page is on the web, for its canonical address and previews. [default: where a proxy says]");
    private static readonly Setting Fonts = new(
        "fonts", "KIND", "own, a typeface that comes with the page, or system, what the reader's system has. [default: own]");
    private static readonly Setting Css = new("css", "FILE", "A stylesheet of your own, which the page loads after its own.");
    private static readonly Setting Lang = new(
        "lang", "TAG", "The page's language, such as de or pt-BR. [default: what the résumé or its file's name says]");
    private static readonly Setting VariantTag = new("variant", "TAG", "Of what carries tags, only what carries this one. [default: all]");
    private static readonly Setting Browser = new(
        "chromium", "FILE", "The Chromium, Chrome or Edge that prints resume.pdf; none for none. [default: looked for on the PATH]");

    private static readonly Setting ReportTo = new(
        "report-to", "URL", "Where reports go: a webhook's address, or smtp://user@host?to=ADDRESS for mail. It is a secret: better set in the environment.");
    private static readonly Setting ReportTimes = new(
        "reports", "TIME", "When a report goes out: daily, weekly, or at-first-opening of a link. Repeatable.")
    { IsList = true };
    private static readonly Setting ReportPasswordFile = new(
        "report-password-file", "FILE", "The file that holds the password for mail.");

    private static readonly Setting Store = new(
        "store", "KIND", "Where the counts live: sqlite, in a file, or dynamodb, in a table. [default: sqlite]");
    private static readonly Setting Table = new(
        "table", "NAME", "The DynamoDB table. Its region and keys are looked for where AWS's tools do.");
    private static readonly Setting Shards = new(
        "shards", "N", $"Over how many items of the table a count is spread. [default: {Text(DynamoDbStoreOptions.DefaultShards)}]");
    private static readonly Setting TimeBudget = new(
        "time-budget", "HH:MM:SS", $"How long the table may take to answer. [default: {DynamoDbStoreOptions.DefaultTimeBudget:c}]");

    /// <summary>Every setting, in the order of the help.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Resume, Data, Host, Port, Counters, Origins,
        VisitWindow, AddressLimit, NetworkLimit, VisitorsOfADay, RequestsPerMinute, TrustedProxies, BasePath,
        Public, OwnerKeyDigest,
        SiteUrl, Lang, VariantTag, Fonts, Css, Browser,
        ReportTo, ReportTimes, ReportPasswordFile,
        Store, Table, Shards, TimeBudget,
    ];

    /// <summary>Those that say where the counts are.</summary>
    public static IReadOnlyList<Setting> Counts { get; } = [Store, Data, Table];

    /// <summary>The one that says where the page is.</summary>
    public static IReadOnlyList<Setting> Place { get; } = [SiteUrl];

    /// <summary>Those that say what is counted.</summary>
    public static IReadOnlyList<Setting> Counted { get; } = [Counters];

    /// <summary>Those that say where the server is.</summary>
    public static IReadOnlyList<Setting> Listening { get; } = [Host, Port];

    /// <summary>The résumé's file, as it was named.</summary>
    public required string ResumeFile { get; init; }

    /// <summary>Where the page is on the web; null where the owner has not said.</summary>
    public Uri? Site { get; init; }

    /// <summary>Whether the page brings its own typeface.</summary>
    public bool HasOwnTypeface { get; init; } = true;

    /// <summary>The owner's stylesheet; null for none.</summary>
    public string? Stylesheet { get; init; }

    /// <summary>The page's language; null for the one that the résumé says.</summary>
    public Language? Language { get; init; }

    /// <summary>The tag of what is shown of what carries tags; null for all.</summary>
    public string? Variant { get; init; }

    /// <summary>The browser that prints; null for the one that is found.</summary>
    public string? Chromium { get; init; }

    /// <summary>Where the database is or will be, an absolute path; not used with a <see cref="DynamoDbTable"/>.</summary>
    public required string DatabaseFile { get; init; }

    /// <summary>Where the owner's key is kept; null where there is no folder for it, or its digest is a setting.</summary>
    public string? OwnerKeyFile { get; init; }

    /// <summary>How many visitors of one day the database remembers; not used with a <see cref="DynamoDbTable"/>.</summary>
    public int DailyVisitors { get; init; } = SqliteStoreOptions.DefaultDailyVisitors;

    /// <summary>The table to count in; null to count in a database file.</summary>
    public DynamoDbStoreOptions? DynamoDbTable { get; init; }

    public required HostSettings Hosting { get; init; }

    /// <summary>What the owner is told of by itself; null for nothing.</summary>
    public ReportSettings? Reports { get; init; }

    /// <summary>The settings file that was used, an absolute path; null when none was.</summary>
    public string? SettingsFile { get; init; }

    /// <exception cref="CommandException">A value is no such setting's.</exception>
    public static ServeSettings From(SettingValues values)
    {
        var resume = values.Read(Resume, ParsePath) ?? "resume.json";
        var data = values.Read(Data, ParsePath)
            ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(resume))!, "data");
        return new ServeSettings
        {
            ResumeFile = resume,
            Site = values.Read(SiteUrl, WebAddress.Parse),
            HasOwnTypeface = values.Read(Fonts, ParseFonts) != "system",
            Chromium = values.Read(Browser, ParsePath),
            Stylesheet = values.Read(Css, ParsePath),
            Language = values.Read(Lang, ParseLanguage),
            Variant = values.Read(VariantTag, tag => tag),
            DatabaseFile = Path.Combine(Path.GetFullPath(data), "footfall.db"),
            DailyVisitors = values.ReadNumber(VisitorsOfADay, 1, SqliteStoreOptions.MaxDailyVisitors)
                ?? SqliteStoreOptions.DefaultDailyVisitors,
            DynamoDbTable = TableFrom(values),
            OwnerKeyFile = values.Read(Store, kind => kind) == InTable || values.Read(OwnerKeyDigest, digest => digest) is not null
                ? null
                : Path.Combine(Path.GetFullPath(data), "owner-key"),
            Hosting = HostingFrom(values),
            Reports = ReportsFrom(values),
            SettingsFile = values.File,
        };
    }

    private static DynamoDbStoreOptions? TableFrom(SettingValues values)
    {
        const string File = "sqlite";
        var isTable = values.Read(Store, kind => kind is File or InTable
            ? kind
            : throw new FormatException($"'{kind}' is no store; there are {File} and {InTable}.")) == InTable;
        if (!isTable)
        {
            // Who names a table means to count in it.
            values.Refuse([Table, Shards, TimeBudget], $"this is for {Store.Option} {InTable}.");
            return null;
        }

        values.Refuse([Data, VisitorsOfADay], $"with {Store.Option} {InTable} nothing is kept here.");
        return new DynamoDbStoreOptions
        {
            TableName = values.Read(Table, name => name)
                ?? throw new CommandException($"{Store.Option} {InTable} needs the name of the table: {Table.Option} NAME."),
            Shards = values.ReadNumber(Shards, 1, DynamoDbStoreOptions.MaxShards) ?? DynamoDbStoreOptions.DefaultShards,
            TimeBudget = values.ReadSpan(TimeBudget, DynamoDbStoreOptions.MinTimeBudget, DynamoDbStoreOptions.MaxTimeBudget)
                ?? DynamoDbStoreOptions.DefaultTimeBudget,
        };
    }

    private static ReportSettings? ReportsFrom(SettingValues values)
    {
        var times = values.ReadList(ReportTimes, ReportSettings.ParseTimes);
        if (values.Read(ReportTo, ReportSettings.ParseTo) is not { } address)
        {
            values.Refuse([ReportTimes, ReportPasswordFile], $"this is for {ReportTo.Option} URL.");
            return null;
        }

        return times.Count > 0
            ? new ReportSettings(address, times, values.Read(ReportPasswordFile, ParsePath))
            : throw new CommandException(
                $"{ReportTo.Option} needs a time: {ReportTimes.Option} daily, {ReportTimes.Option} weekly or {ReportTimes.Option} at-first-opening.");
    }

    private static HostSettings HostingFrom(SettingValues values)
    {
        var host = values.Read(Host, ParseAddress) ?? IPAddress.Loopback;
        var port = values.ReadNumber(Port, IPEndPoint.MinPort, IPEndPoint.MaxPort) ?? HostSettings.DefaultPort;
        var rate = values.ReadNumber(RequestsPerMinute, 0, HostSettings.MaxRequestsPerMinute)
            ?? HostSettings.DefaultRequestsPerMinute;
        return new HostSettings
        {
            Endpoint = new IPEndPoint(host, port),
            Counters = values.ReadList(Counters, keys => new CounterKeys(keys)),
            Origins = values.ReadList(Origins, origins => new AllowedOrigins(origins)),
            Rules = RulesFrom(values),
            RequestsPerMinute = rate == 0 ? null : rate,
            TrustedProxies = values.ReadList(TrustedProxies, ParseProxies),
            IsLocal = IPAddress.IsLoopback(host),
            Public = values.ReadChoice(Public, ParsePublic) ?? PublicNumbers.Count,
            OwnerKey = values.Read(OwnerKeyDigest, digest => new OwnerKey(digest)),
            BasePath = values.Read(BasePath, ParseBasePath) ?? "",
        };
    }

    private static VisitRules RulesFrom(SettingValues values)
    {
        var rules = new VisitRules
        {
            VisitWindow = values.ReadSpan(VisitWindow, VisitRules.MinVisitWindow, VisitRules.MaxVisitWindow)
                ?? VisitRules.DefaultVisitWindow,
            AddressLimit = values.ReadNumber(AddressLimit, 1, VisitRules.MaxAddressLimit)
                ?? VisitRules.DefaultAddressLimit,
        };
        return values.ReadNumber(NetworkLimit, 1, VisitRules.MaxNetworkLimit) is { } limit
            ? rules with { NetworkLimit = limit }
            : rules;
    }

    private static string ParsePath(string text) =>
        text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal) ? text : throw new FormatException($"'{text}' is no path.");

    private static PublicNumbers ParsePublic(string text) =>
        PublicNumbersNames.Parse(text) ?? throw new FormatException($"'{text}' is nothing that can be published; there are {PublicNumbersNames.Expected}.");

    private static Language ParseLanguage(string tag) => Language.Find(tag) is { HasWords: true } language
        ? language
        : throw new FormatException($"'{tag}' is no language of the page; there are {string.Join(", ", Language.Known)}.");

    private static string ParseFonts(string text) =>
        text is "own" or "system" ? text : throw new FormatException($"'{text}' is no such kind; there are own and system.");

    private static IPAddress ParseAddress(string text) =>
        text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
        : throw new FormatException($"'{text}' is no IP address, such as 127.0.0.1, 0.0.0.0 or ::1.");

    // Segments of what a path may have without an escape (RFC 3986, section 3.3), none of them a dot segment.
    private static string ParseBasePath(string text)
    {
        var segments = text.Trim('/').Split('/');
        var isPath = text is ['/', ..] && segments.All(segment =>
            segment is not ("" or "." or "..")
            && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~'));
        return text == "/" ? ""
            : isPath ? $"/{string.Join('/', segments)}"
            : throw new FormatException($"'{text}' is no path of letters, digits, -, ., _ and ~, such as /cv/.");
    }

    // An address alone is a network of one.
    private static TrustedProxies ParseProxies(IEnumerable<string> networks) => new(networks.Select(text =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new FormatException($"'{text}' is no network, such as 10.0.0.0/8, fd00::/8 or 127.0.0.1.")));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
