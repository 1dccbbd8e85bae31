using System.IO.Enumeration;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// Both sides of what the function's role may do, with IAM enforced by the emulator. What it does not enforce is read
/// in the documents: whom a role trusts, which role may be passed on and to whom, who may read the bucket, and which
/// services are allowed at all.
/// </summary>
[Collection(nameof(AppliedSystem))]
public sealed class FunctionRoleTests(AppliedSystem system)
{
    private const string Own = "footfall-visits";
    private const string Other = "somebody-elses";

    private static readonly Dictionary<string, AttributeValue> Key = new()
    {
        ["pk"] = new("role-test"),
        ["sk"] = new("item"),
    };

    private static readonly Dictionary<string, Func<AmazonDynamoDBClient, string, Task>> Calls = new()
    {
        ["GetItem"] = (client, table) => client.GetItemAsync(table, Key),
        ["Query"] = (client, table) => client.QueryAsync(new()
        {
            TableName = table,
            KeyConditionExpression = "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = Key["pk"] },
        }),
        ["PutItem"] = (client, table) => client.PutItemAsync(table, Key),
        ["UpdateItem"] = (client, table) => client.UpdateItemAsync(new()
        {
            TableName = table,
            Key = Key,
            UpdateExpression = "REMOVE nothing",
        }),
        ["TransactWriteItems: Put"] = (client, table) => TransactAsync(
            client, new TransactWriteItem { Put = new() { TableName = table, Item = Key } }),
        ["TransactWriteItems: ConditionCheck"] = (client, table) => TransactAsync(client, new TransactWriteItem
        {
            ConditionCheck = new()
            {
                TableName = table,
                Key = new() { ["pk"] = new("role-test"), ["sk"] = new("none") },
                ConditionExpression = "attribute_not_exists(pk)",
            },
        }),
        ["TransactWriteItems: Delete"] = (client, table) => TransactAsync(
            client, new TransactWriteItem { Delete = new() { TableName = table, Key = Key } }),
        ["Scan"] = (client, table) => client.ScanAsync(new ScanRequest(table)),
        ["DeleteItem"] = (client, table) => client.DeleteItemAsync(table, Key),
        ["BatchGetItem"] = (client, table) => client.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes>
        {
            [table] = new() { Keys = [Key] },
        }),
        ["DescribeTable"] = (client, table) => client.DescribeTableAsync(table),
        ["UpdateTimeToLive"] = (client, table) => client.UpdateTimeToLiveAsync(new()
        {
            TableName = table,
            TimeToLiveSpecification = new() { AttributeName = "expires", Enabled = false },
        }),
        ["DeleteTable"] = (client, table) => client.DeleteTableAsync(table),
        ["ListTables"] = (client, _) => client.ListTablesAsync(),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GetItem")]
    [InlineData("BatchGetItem")]
    [InlineData("Query")]
    [InlineData("PutItem")]
    [InlineData("UpdateItem")]
    [InlineData("TransactWriteItems: Put")]
    [InlineData("TransactWriteItems: ConditionCheck")]
    public async Task It_may_do_on_its_own_table_what_counting_needs_and_on_no_other(string call)
    {
        await system.StartAsync();
        using var client = Connect(await system.Emulator.AssumeRoleAsync("footfall-api"));

        await Calls[call](client, Own);
        await AssertRefusedAsync(() => Calls[call](client, Other));
    }

    [Theory]
    [InlineData("Scan")]
    [InlineData("DeleteItem")]
    [InlineData("TransactWriteItems: Delete")]
    [InlineData("DescribeTable")]
    [InlineData("UpdateTimeToLive")]
    [InlineData("DeleteTable")]
    [InlineData("ListTables")]
    public async Task It_may_do_nothing_else_with_its_table(string call)
    {
        await system.StartAsync();
        using var client = Connect(await system.Emulator.AssumeRoleAsync("footfall-api"));

        await AssertRefusedAsync(() => Calls[call](client, Own));
    }

    [Fact]
    public async Task It_may_not_reach_another_table_inside_a_transaction_on_its_own()
    {
        await system.StartAsync();
        using var client = Connect(await system.Emulator.AssumeRoleAsync("footfall-api"));

        await AssertRefusedAsync(() => TransactAsync(
            client,
            new TransactWriteItem { Put = new() { TableName = Own, Item = Key } },
            new TransactWriteItem { Put = new() { TableName = Other, Item = Key } }));
    }

    [Theory]
    [InlineData("/aws/lambda/footfall-api", true)]
    [InlineData("/aws/apigateway/footfall", false)]
    [InlineData("/aws/lambda/somebody-elses", false)]
    public async Task It_may_write_its_own_log_and_no_other(string group, bool allowed)
    {
        await system.StartAsync();
        var role = await system.Emulator.AssumeRoleAsync("footfall-api");
        var body = new JsonObject { ["logGroupName"] = group, ["logStreamName"] = Guid.NewGuid().ToString() };
        using var answer = await CallLogsAsync("CreateLogStream", body, role);

        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(!allowed, text.Contains("AccessDenied", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_may_not_read_its_own_log()
    {
        await system.StartAsync();
        var role = await system.Emulator.AssumeRoleAsync("footfall-api");
        using var answer = await CallLogsAsync(
            "FilterLogEvents", new JsonObject { ["logGroupName"] = "/aws/lambda/footfall-api" }, role);

        Assert.Contains("AccessDenied", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/footfall-site-123456789012/index.html")]
    [InlineData("PUT", "/footfall-site-123456789012/index.html")]
    [InlineData("GET", "/footfall-state-123456789012/footfall.tfstate")]
    public async Task It_may_not_touch_S3(string method, string path)
    {
        await system.StartAsync();
        var role = await system.Emulator.AssumeRoleAsync("footfall-api");
        using var answer = await system.Emulator.CallAsync("s3", new HttpMethod(method), path, credentials: role);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("UpdateItem")]
    [InlineData("GetItem")]
    [InlineData("Scan")]
    public async Task Whoever_deploys_cannot_touch_a_count(string call)
    {
        await system.StartAsync();
        foreach (var role in (string[])["footfall-deploy", "footfall-plan"])
        {
            using var client = Connect(await system.Emulator.AssumeRoleAsync(role));
            await AssertRefusedAsync(() => Calls[call](client, Own));
        }
    }

    [Fact]
    public async Task Its_policy_names_nine_actions_of_three_services_on_three_resources()
    {
        var policy = await ReadPolicyAsync("footfall-api", "count");

        Assert.Equal(
            [
                "dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:PutItem",
                "dynamodb:Query", "dynamodb:UpdateItem", "logs:CreateLogStream", "logs:PutLogEvents",
                "sns:Publish",
            ],
            policy["Statement"]!.AsArray().SelectMany(statement => statement!["Action"]!.AsArray())
                .Select(action => (string)action!).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "arn:aws:dynamodb:eu-central-1:123456789012:table/footfall-visits",
                "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/footfall-api:*",
                "arn:aws:sns:eu-central-1:123456789012:footfall-alarms",
            ],
            policy["Statement"]!.AsArray().Select(statement => (string)statement!["Resource"]!));
    }

    [Fact]
    public async Task Only_Lambda_may_take_it_on()
    {
        await system.StartAsync();
        var trust = await system.Emulator.ReadRoleAsync("footfall-api");

        var statement = Assert.Single(trust["Statement"]!.AsArray())!;
        Assert.Equal("lambda.amazonaws.com", (string?)statement["Principal"]!["Service"]);
        Assert.Equal("sts:AssumeRole", (string?)statement["Action"]);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("deploy", "footfall-api lambda", "footfall-report scheduler")]
    public async Task Nobody_passes_on_a_role_but_the_functions_own_to_Lambda_and_the_reports_to_the_scheduler(
        string role, params string[] passed)
    {
        await system.StartAsync();
        var policies = await system.Emulator.ReadPoliciesAsync($"footfall-{role}");

        Assert.Equal(
            passed.Select(pair => pair.Split(' ')).Select(pair =>
                ($"arn:aws:iam::123456789012:role/{pair[0]}",
                $$$"""{"StringEquals":{"iam:PassedToService":"{{{pair[1]}}}.amazonaws.com"}}""")),
            policies.SelectMany(policy => policy["Statement"]!.AsArray()).Where(CanPassRoles).Select(statement =>
                (Assert.Single(TextsOf(statement!["Resource"])), statement["Condition"]!.ToJsonString())));
    }

    [Fact]
    public async Task The_schedules_role_may_invoke_the_live_version_and_is_for_the_scheduler_of_this_account_alone()
    {
        var policy = await ReadPolicyAsync("footfall-report", "invoke");
        var trust = await system.Emulator.ReadRoleAsync("footfall-report");

        Assert.Equal(
            """[{"Action":"lambda:InvokeFunction","Effect":"Allow","Resource":"arn:aws:lambda:eu-central-1:123456789012:function:footfall-api:live"}]""",
            policy["Statement"]!.ToJsonString());
        Assert.Equal(
            """[{"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}},"Effect":"Allow","Principal":{"Service":"scheduler.amazonaws.com"}}]""",
            trust["Statement"]!.ToJsonString());
    }

    [Theory]
    [InlineData("footfall-alarms", HttpStatusCode.OK)]
    [InlineData("somebody-elses", HttpStatusCode.Forbidden)]
    public async Task It_may_publish_to_the_alarms_topic_and_to_no_other(string topic, HttpStatusCode expected)
    {
        await system.StartAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "Publish",
            ["TopicArn"] = $"arn:aws:sns:eu-central-1:123456789012:{topic}",
            ["Message"] = "of a test",
        });
        using var answer = await system.Emulator.CallAsync(
            "sns", HttpMethod.Post, "/", form, await system.Emulator.AssumeRoleAsync("footfall-api"));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Only_our_distribution_may_read_the_page()
    {
        await system.StartAsync();
        var policy = await system.Emulator.ReadJsonAsync("s3", "/footfall-site-123456789012?policy");

        var statement = Assert.Single(policy["Statement"]!.AsArray())!;
        Assert.Equal("s3:GetObject", (string?)statement["Action"]);
        Assert.Equal("cloudfront.amazonaws.com", (string?)statement["Principal"]!["Service"]);
        Assert.Equal(
            $"arn:aws:cloudfront::123456789012:distribution/{system.Outputs["distribution_id"]!["value"]}",
            (string?)statement["Condition"]!["StringEquals"]!["AWS:SourceArn"]);
    }

    /// <summary>By name, by a pattern, or by naming only what is not allowed.</summary>
    private static bool CanPassRoles(JsonNode? statement) =>
        statement!["Action"] is null
        || TextsOf(statement["Action"]).Any(action => FileSystemName.MatchesSimpleExpression(action, "iam:PassRole"));

    private static IEnumerable<string> TextsOf(JsonNode? oneOrMore) => oneOrMore is JsonArray several
        ? several.Select(text => (string)text!)
        : [(string)oneOrMore!];

    private static Task<TransactWriteItemsResponse> TransactAsync(
        AmazonDynamoDBClient client, params TransactWriteItem[] items) =>
        client.TransactWriteItemsAsync(new() { TransactItems = [.. items] });

    private static async Task AssertRefusedAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(call);
        Assert.Equal("AccessDeniedException", refused.ErrorCode);
    }

    private AmazonDynamoDBClient Connect(AwsCredentials role) => new(
        new SessionAWSCredentials(role.AccessKeyId, role.SecretAccessKey, role.SessionToken),
        new AmazonDynamoDBConfig
        {
            ServiceURL = system.Emulator.Endpoint.ToString(),
            AuthenticationRegion = AwsEmulator.Region,
            MaxErrorRetry = 0,
        });

    private async Task<HttpResponseMessage> CallLogsAsync(string action, JsonObject body, AwsCredentials role)
    {
        using var content = new StringContent(body.ToJsonString());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        content.Headers.Add("X-Amz-Target", $"Logs_20140328.{action}");
        return await system.Emulator.CallAsync("logs", HttpMethod.Post, "/", content, role);
    }

    private async Task<JsonNode> ReadPolicyAsync(string role, string policy)
    {
        await system.StartAsync();
        return await system.Emulator.ReadRolePolicyAsync(role, policy);
    }
}
