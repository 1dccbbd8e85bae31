using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Lambda;

namespace Footfall.Tests.Lambda;

public sealed class LambdaSettingsTests
{
    [Fact]
    public void The_table_is_all_that_must_be_said()
    {
        var settings = Parse(("FOOTFALL_TABLE", "visits"));

        Assert.Equal("visits", settings.Store.TableName);
        Assert.Equal(DynamoDbStoreOptions.DefaultShards, settings.Store.Shards);
        Assert.Equal(DynamoDbStoreOptions.DefaultTimeBudget, settings.Store.TimeBudget);
        Assert.Equal(new VisitRules(), settings.Rules);
        Assert.Equal(["/"], settings.Counters.All);
        Assert.False(settings.Origins.Contain("https://example.com"));
        Assert.Empty(settings.EdgeSecrets);
    }

    [Fact]
    public void What_is_said_is_taken()
    {
        var settings = Parse(
            ("FOOTFALL_TABLE", "visits"),
            ("FOOTFALL_COUNTERS", "readme, blog/one, /blog/*"),
            ("FOOTFALL_ORIGINS", "https://example.com,https://www.example.com"),
            ("FOOTFALL_SHARDS", "8"),
            ("FOOTFALL_VISIT_WINDOW", "1.00:00:00"),
            ("FOOTFALL_ADDRESS_LIMIT", "50"),
            ("FOOTFALL_NETWORK_LIMIT", "60"),
            ("FOOTFALL_TIME_BUDGET", "00:00:02.5"),
            ("FOOTFALL_EDGE_SECRET", "0123456789abcdef,fedcba9876543210"));

        Assert.Equal(["/", "/blog/*", "blog/one", "readme"], settings.Counters.All);
        Assert.Equal("/blog/*", settings.Counters.FamilyOf("/blog/two"));
        Assert.True(settings.Origins.Contain("https://www.example.com"));
        Assert.Equal(8, settings.Store.Shards);
        Assert.Equal(TimeSpan.FromDays(1), settings.Rules.VisitWindow);
        Assert.Equal(50, settings.Rules.AddressLimit);
        Assert.Equal(60, settings.Rules.NetworkLimit);
        Assert.Equal(TimeSpan.FromSeconds(2.5), settings.Store.TimeBudget);
        Assert.Equal(["0123456789abcdef", "fedcba9876543210"], settings.EdgeSecrets);
    }

    [Fact]
    public void An_empty_variable_is_one_that_is_not_set() =>
        Assert.Equal(["/"], Parse(("FOOTFALL_TABLE", "visits"), ("FOOTFALL_COUNTERS", "")).Counters.All);

    [Theory]
    [InlineData("FOOTFALL_TABLE", "", "is not set")]
    [InlineData("FOOTFALL_TABLE", "no table", "'no table'")]
    [InlineData("FOOTFALL_TABLE", "ab", "3 to 255")]
    [InlineData("FOOTFALL_COUNTERS", "readme,,blog", "'' is no counter key")]
    [InlineData("FOOTFALL_COUNTERS", "a b", "'a b' is no counter key")]
    [InlineData("FOOTFALL_ORIGINS", "example.com", "'example.com' is no origin")]
    [InlineData("FOOTFALL_ORIGINS", "*", "'*' is no origin")]
    [InlineData("FOOTFALL_SHARDS", "0", "1 to 256")]
    [InlineData("FOOTFALL_SHARDS", "257", "1 to 256")]
    [InlineData("FOOTFALL_SHARDS", "many", "'many'")]
    [InlineData("FOOTFALL_VISIT_WINDOW", "30 minutes", "'30 minutes'")]
    [InlineData("FOOTFALL_VISIT_WINDOW", "00:00:00", "00:00:01 to 1.00:00:00")]
    [InlineData("FOOTFALL_VISIT_WINDOW", "-00:30:00", "00:00:01 to 1.00:00:00")]
    [InlineData("FOOTFALL_ADDRESS_LIMIT", "-1", "1 to 1000000000")]
    [InlineData("FOOTFALL_NETWORK_LIMIT", "0", "1 to 1000000000")]
    [InlineData("FOOTFALL_TIME_BUDGET", "1.00:00:00", "00:00:00.1000000 to 00:01:00")]
    [InlineData("FOOTFALL_EDGE_SECRET", "short", "at least 16")]
    [InlineData("FOOTFALL_EDGE_SECRET", "0123456789abcdef,", "0 characters long")]
    public void What_is_missing_or_wrong_is_named_with_what_was_found_and_what_is_expected(
        string name, string value, string said)
    {
        var wrong = Assert.Throws<InvalidSettingException>(() => Parse(("FOOTFALL_TABLE", "visits"), (name, value)));

        Assert.StartsWith(name, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_secret_is_not_repeated()
    {
        var wrong = Assert.Throws<InvalidSettingException>(
            () => Parse(("FOOTFALL_TABLE", "visits"), ("FOOTFALL_EDGE_SECRET", "hunter2")));

        Assert.DoesNotContain("hunter2", wrong.Message, StringComparison.Ordinal);
    }

    private static LambdaSettings Parse(params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return LambdaSettings.Parse(name => environment.GetValueOrDefault(name));
    }
}
