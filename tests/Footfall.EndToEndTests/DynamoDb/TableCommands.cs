using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Tests.Cli;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.DynamoDb;

/// <summary>The <c>footfall</c> commands on tables, as a person runs them.</summary>
public sealed class TableCommands(DynamoDbLocal local)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_is_made_with_its_expiry_and_may_be_made_again()
    {
        var name = $"made-{Guid.NewGuid():N}";

        Assert.Contains("is ready", await SucceedAsync("table", "create", name), StringComparison.Ordinal);
        Assert.Contains("was there", await SucceedAsync("table", "create", name), StringComparison.Ordinal);

        using var client = await local.ConnectAsync();
        var expiry = await client.DescribeTimeToLiveAsync(name, Cancellation);
        Assert.Equal("expires", expiry.TimeToLiveDescription.AttributeName);
        Assert.Equal("ENABLED", expiry.TimeToLiveDescription.TimeToLiveStatus.Value);
        var table = (await client.DescribeTableAsync(name, Cancellation)).Table;
        Assert.Equal("PAY_PER_REQUEST", table.BillingModeSummary.BillingMode.Value);
        var store = new DynamoDbVisitStore(
            client, new DynamoDbStoreOptions { TableName = name }, TimeProvider.System, Random.Shared);
        await store.CheckAsync(Cancellation);
    }

    [Fact]
    public async Task Counts_move_from_a_table_to_a_database_and_to_another_table()
    {
        using var directory = new TemporaryDirectory();
        var (first, second) = (await local.CreateTableAsync(Cancellation), await local.CreateTableAsync(Cancellation));
        using var client = await local.ConnectAsync();
        var options = new DynamoDbStoreOptions { TableName = first, Shards = 8 };
        var store = new DynamoDbVisitStore(client, options, TimeProvider.System, Random.Shared);
        for (var visitor = 0; visitor < 10; visitor++)
        {
            await store.ClaimAsync(Visitors.Claim($"visitor {visitor}", Noon), Cancellation);
        }

        await SucceedAsync("export", "--store", "dynamodb", "--table", first, "--out", directory.File("a.jsonl"));
        await SucceedAsync("import", directory.File("a.jsonl"), "--data", directory.File("data"));
        await SucceedAsync("export", "--data", directory.File("data"), "--out", directory.File("b.csv"));
        var added = await SucceedAsync("import", directory.File("b.csv"), "--store", "dynamodb", "--table", second);
        var again = await SucceedAsync("import", directory.File("b.csv"), "--store", "dynamodb", "--table", second);

        Assert.Contains("10 visits by 10 visitors", added, StringComparison.Ordinal);
        Assert.Contains("Nothing was new", again, StringComparison.Ordinal);
        Assert.Contains(
            "merged this one",
            await FailAsync("import", directory.File("b.csv"), "--store", "dynamodb", "--table", first),
            StringComparison.Ordinal);
        var moved = new DynamoDbVisitStore(
            client, new DynamoDbStoreOptions { TableName = second }, TimeProvider.System, Random.Shared);
        Assert.Equal(new Tally(Visits: 10, Visitors: 10), await moved.ReadTotalAsync("/", Cancellation));
    }

    [Fact]
    public async Task The_original_counter_s_number_is_taken_over_and_then_what_it_counted_since()
    {
        var table = await local.CreateTableAsync(Cancellation);
        var original = await CreateOriginalAsync(visits: 1_234);

        Assert.Contains(
            "1234 visits",
            await SucceedAsync("import", "--from-table", original, "--store", "dynamodb", "--table", table), StringComparison.Ordinal);
        Assert.Contains(
            "Nothing was new",
            await SucceedAsync("import", "--from-table", original, "--store", "dynamodb", "--table", table), StringComparison.Ordinal);

        await PutOriginalAsync(original, "1", new AttributeValue { N = "1240" });
        Assert.Contains(
            "6 visits",
            await SucceedAsync("import", "--from-table", original, "--store", "dynamodb", "--table", table), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_is_not_the_original_counter_s_is_refused_with_what_was_found()
    {
        var table = await local.CreateTableAsync(Cancellation);
        var original = await CreateOriginalAsync(visits: 1);

        await PutOriginalAsync(original, "1", new AttributeValue { S = "many" });
        var noNumber = await FailAsync("import", "--from-table", original, "--store", "dynamodb", "--table", table);
        Assert.Contains("ID = 1, Visits = many; expected Visits, a whole number", noNumber, StringComparison.Ordinal);

        await PutOriginalAsync(original, "2", new AttributeValue { N = "7" });
        var several = await FailAsync("import", "--from-table", original, "--store", "dynamodb", "--table", table);
        Assert.Contains("has several items; expected one", several, StringComparison.Ordinal);

        Assert.Contains(
            "cannot be read", await FailAsync("import", "--from-table", "nowhere", "--store", "dynamodb", "--table", table), StringComparison.Ordinal);
        var unusable = await FailAsync("export", "--store", "dynamodb", "--table", "nowhere");
        Assert.Contains("nowhere cannot be used: ", unusable, StringComparison.Ordinal);
        Assert.Matches(
            "[^.][.] Region, keys and endpoint are looked for where AWS's tools do, such as AWS_REGION and AWS_PROFILE[.]$",
            unusable.TrimEnd());
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_is_said_to_be_one()
    {
        using var silent = new TcpListener(IPAddress.Loopback, port: 0);
        silent.Start();

        var (code, _, error) = await RunAsync(
            ["export", "--store", "dynamodb", "--table", "counts"],
            ("AWS_ENDPOINT_URL_DYNAMODB", $"http://{silent.LocalEndpoint}"),
            ("FOOTFALL_TIME_BUDGET", "00:00:01"));

        Assert.Equal(1, code);
        Assert.Contains(
            "counts cannot be used: DynamoDB did not carry out a request in 1 s", error, StringComparison.Ordinal);
        Assert.Contains("no answer in time. Region, keys and endpoint ", error, StringComparison.Ordinal);
    }

    private async Task<string> CreateOriginalAsync(long visits)
    {
        using var client = await local.ConnectAsync();
        var name = $"original-{Guid.NewGuid():N}";
        await client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = "PAY_PER_REQUEST",
                AttributeDefinitions = [new() { AttributeName = "ID", AttributeType = "S" }],
                KeySchema = [new() { AttributeName = "ID", KeyType = "HASH" }],
            },
            Cancellation);
        await PutOriginalAsync(name, "1", new AttributeValue { N = $"{visits}" });
        return name;
    }

    private async Task PutOriginalAsync(string table, string id, AttributeValue visits)
    {
        using var client = await local.ConnectAsync();
        await client.PutItemAsync(
            table, new() { ["ID"] = new AttributeValue { S = id }, ["Visits"] = visits }, Cancellation);
    }

    private async Task<string> SucceedAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.True(code == 0, error);
        return output;
    }

    private async Task<string> FailAsync(params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(1, code);
        return error;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(
        string[] arguments, params (string Name, string Value)[] environment)
    {
        // Beside other tests, DynamoDB Local may take longer than a person is asked to wait.
        (string, string)[] patience = arguments.Contains("dynamodb", StringComparer.Ordinal)
            ? [("FOOTFALL_TIME_BUDGET", "00:00:30")]
            : [];
        await using var footfall = await FootfallProcess.RunAsync(
            Path.GetTempPath(), arguments, [.. await local.EnvironmentAsync(), .. patience, .. environment]);
        return (footfall.ExitCode, footfall.Output, footfall.Error);
    }
}
