using System.Globalization;
using Footfall.Api;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Lambda.Reports;

namespace Footfall.Lambda;

/// <summary>
/// What the function's owner chooses, by environment variables. Endpoint, region and credentials are the SDK's own
/// to find.
/// </summary>
public sealed record LambdaSettings
{
    /// <summary>The fewest characters of an edge secret: fewer could be guessed.</summary>
    public const int MinEdgeSecretLength = 16;

    private const string Span = "a time span such as 00:00:03 (hours:minutes:seconds)";

    /// <summary><c>FOOTFALL_COUNTERS</c>: counter keys, separated by commas; by default only <c>/</c>.</summary>
    public required CounterKeys Counters { get; init; }

    /// <summary><c>FOOTFALL_ORIGINS</c>: origins, separated by commas; by default none.</summary>
    public required AllowedOrigins Origins { get; init; }

    /// <summary><c>FOOTFALL_VISIT_WINDOW</c>, <c>FOOTFALL_ADDRESS_LIMIT</c> and <c>FOOTFALL_NETWORK_LIMIT</c>.</summary>
    public required VisitRules Rules { get; init; }

    /// <summary><c>FOOTFALL_TABLE</c>, <c>FOOTFALL_SHARDS</c> and <c>FOOTFALL_TIME_BUDGET</c>.</summary>
    public required DynamoDbStoreOptions Store { get; init; }

    /// <summary>
    /// <c>FOOTFALL_EDGE_SECRET</c>: what CloudFront may prove itself with, separated by commas; by default none, when it
    /// is not in front.
    /// </summary>
    public IReadOnlyList<string> EdgeSecrets { get; init; } = [];

    /// <summary><c>FOOTFALL_PUBLIC</c>: what everybody may read, <c>count</c>, <c>ledger</c> or <c>nothing</c>.</summary>
    public PublicNumbers Public { get; init; } = PublicNumbers.Count;

    /// <summary>
    /// <c>FOOTFALL_OWNER_KEY_SHA256</c>: what the owner's key is known by; by default nothing opens the owner's numbers.
    /// </summary>
    public OwnerKey? OwnerKey { get; init; }

    /// <summary><c>FOOTFALL_REPORT_TOPIC</c>: the SNS topic that reports are published to; by default none is made.</summary>
    public string? ReportTopic { get; init; }

    /// <param name="variable">Finds an environment variable; null or empty when it is not set.</param>
    /// <exception cref="InvalidSettingException">A variable is missing or wrong.</exception>
    public static LambdaSettings Parse(Func<string, string?> variable) => new()
    {
        Counters = Read(variable, "FOOTFALL_COUNTERS", text => new CounterKeys(ListOf(text)))
            ?? new CounterKeys([]),
        Origins = Read(variable, "FOOTFALL_ORIGINS", text => new AllowedOrigins(ListOf(text)))
            ?? new AllowedOrigins([]),
        Rules = ReadRules(variable),
        Store = new DynamoDbStoreOptions
        {
            TableName = ReadTable(variable),
            Shards = ReadNumber(variable, "FOOTFALL_SHARDS", DynamoDbStoreOptions.MaxShards)
                ?? DynamoDbStoreOptions.DefaultShards,
            TimeBudget = ReadSpan(
                variable, "FOOTFALL_TIME_BUDGET", DynamoDbStoreOptions.MinTimeBudget, DynamoDbStoreOptions.MaxTimeBudget)
                ?? DynamoDbStoreOptions.DefaultTimeBudget,
        },
        EdgeSecrets = ReadEdgeSecrets(variable),
        Public = variable("FOOTFALL_PUBLIC") is { Length: > 0 } name
            ? PublicNumbersNames.Parse(name) ?? throw InvalidSettingException.Wrong("FOOTFALL_PUBLIC", name, PublicNumbersNames.Expected)
            : PublicNumbers.Count,
        ReportTopic = variable("FOOTFALL_REPORT_TOPIC") is { Length: > 0 } topic
            ? SnsTopic.IsArn(topic) ? topic : throw InvalidSettingException.Wrong("FOOTFALL_REPORT_TOPIC", topic, "arn:aws:sns:REGION:ACCOUNT:NAME")
            : null,
        OwnerKey = Read(variable, "FOOTFALL_OWNER_KEY_SHA256", digest => new OwnerKey(digest)),
    };

    private static VisitRules ReadRules(Func<string, string?> variable)
    {
        var rules = new VisitRules
        {
            VisitWindow = ReadSpan(
                variable, "FOOTFALL_VISIT_WINDOW", VisitRules.MinVisitWindow, VisitRules.MaxVisitWindow)
                ?? VisitRules.DefaultVisitWindow,
            AddressLimit = ReadNumber(variable, "FOOTFALL_ADDRESS_LIMIT", VisitRules.MaxAddressLimit)
                ?? VisitRules.DefaultAddressLimit,
        };
        return ReadNumber(variable, "FOOTFALL_NETWORK_LIMIT", VisitRules.MaxNetworkLimit) is { } limit
            ? rules with { NetworkLimit = limit }
            : rules;
    }

    private static string ReadTable(Func<string, string?> variable)
    {
        const string Name = "FOOTFALL_TABLE";
        const string Expected = "the name of the DynamoDB table, 3 to 255 of A-Z a-z 0-9 _ . -";
        var table = variable(Name);
        return string.IsNullOrEmpty(table) ? throw InvalidSettingException.Missing(Name, Expected)
            : table.Length is >= 3 and <= 255 && table.All(IsTableCharacter) ? table
            : throw InvalidSettingException.Wrong(Name, table, Expected);
    }

    private static bool IsTableCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-';

    // A wrong secret is not repeated in the message: it may be somebody's right one.
    private static string[] ReadEdgeSecrets(Func<string, string?> variable)
    {
        const string Name = "FOOTFALL_EDGE_SECRET";
        string[] secrets = variable(Name) is { Length: > 0 } text ? ListOf(text) : [];
        return Array.Find(secrets, secret => secret.Length < MinEdgeSecretLength) is { } tooShort
            ? throw InvalidSettingException.Wrong(
                Name,
                string.Create(CultureInfo.InvariantCulture, $"{tooShort.Length} characters long"),
                string.Create(CultureInfo.InvariantCulture, $"at least {MinEdgeSecretLength} random characters each"))
            : secrets;
    }

    private static TimeSpan? ReadSpan(Func<string, string?> variable, string name, TimeSpan least, TimeSpan most)
    {
        if (variable(name) is not { Length: > 0 } text)
        {
            return null;
        }

        return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span)
            && span >= least
            && span <= most
                ? span
                : throw InvalidSettingException.Wrong(name, text, $"{Span}, {least} to {most}");
    }

    private static int? ReadNumber(Func<string, string?> variable, string name, int most)
    {
        if (variable(name) is not { Length: > 0 } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= most
                ? number
                : throw InvalidSettingException.Wrong(
                    name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number, 1 to {most}"));
    }

    private static T? Read<T>(Func<string, string?> variable, string name, Func<string, T> parse)
        where T : class
    {
        try
        {
            return variable(name) is { Length: > 0 } text ? parse(text) : null;
        }
        catch (FormatException wrong)
        {
            throw new InvalidSettingException($"{name} is wrong: {wrong.Message}");
        }
    }

    private static string[] ListOf(string text) => text.Split(',', StringSplitOptions.TrimEntries);
}
