using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Footfall.DynamoDb;
using Footfall.LambdaHost;
using Footfall.Tests.Hosts;
using Footfall.Tests.Reporting;

namespace Footfall.EndToEndTests.Infra;

/// <summary>The week's report on AWS: what the schedule sends the function, and what the owner's topic gets of it.</summary>
[Collection(nameof(AppliedSystem))]
public sealed class ReportTests(AppliedSystem system)
{
    private const string Topic = $"arn:aws:sns:{AwsEmulator.Region}:{AwsEmulator.Account}:footfall-alarms";
    private const string Queue = $"/{AwsEmulator.Account}/owner";

    [Fact]
    public async Task The_schedule_invokes_the_live_version_each_Monday()
    {
        var schedule = await ReadScheduleAsync();

        Assert.Equal("cron(5 0 ? * MON *)", (string?)schedule["ScheduleExpression"]);
        Assert.Equal("UTC", (string?)schedule["ScheduleExpressionTimezone"]);
        Assert.Equal(
            $"arn:aws:lambda:{AwsEmulator.Region}:{AwsEmulator.Account}:function:footfall-api:live",
            (string?)schedule["Target"]!["Arn"]);
        Assert.Equal($"arn:aws:iam::{AwsEmulator.Account}:role/footfall-report", (string?)schedule["Target"]!["RoleArn"]);
        Assert.Equal(3, (int?)schedule["Target"]!["RetryPolicy"]!["MaximumRetryAttempts"]);
    }

    [Fact]
    public async Task Its_event_is_published_to_the_owners_topic_once_however_often_it_is_delivered()
    {
        var payload = (string)(await ReadScheduleAsync())["Target"]!["Input"]!;
        await CountLastWeekAsync();
        await SubscribeAsync();

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var result = await system.StandIn.Function!.InvokeAsync(payload);
            Assert.Equal(InvocationStatus.Succeeded, result.Status);
        }

        var message = JsonNode.Parse(Assert.Single(await ReceiveAsync()))!;
        Assert.StartsWith("Footfall: 3 visits from ", (string?)message["Subject"], StringComparison.Ordinal);
        var text = (string)message["Message"]!;
        Assert.Contains("\n  Acme, platform lead: first visit, 1 visit by 1 visitor\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  /: 3 visits by 3 visitors (before: no visit)\n", text, StringComparison.Ordinal);
    }

    private async Task<JsonNode> ReadScheduleAsync()
    {
        await system.StartAsync();
        return await system.Emulator.ReadJsonAsync("scheduler", "/schedules/footfall-report?groupName=default");
    }

    private async Task CountLastWeekAsync()
    {
        using var client = new AmazonDynamoDBClient(
            new BasicAWSCredentials(AwsCredentials.Administrator.AccessKeyId, AwsCredentials.Administrator.SecretAccessKey),
            new AmazonDynamoDBConfig
            {
                ServiceURL = system.Emulator.Endpoint.ToString(),
                AuthenticationRegion = AwsEmulator.Region,
            });
        var store = new DynamoDbVisitStore(
            client, new DynamoDbStoreOptions { TableName = "footfall-visits" }, TimeProvider.System, new Random(1));
        var days = new CountedDays(store, store);
        var wednesday = await DayThatLasts.WednesdayOfLastWeekAsync(TestContext.Current.CancellationToken);
        await days.VisitAsync(wednesday, 2);
        _ = await days.OpenAsync("Acme, platform lead", "acmeacme", wednesday);
    }

    // The owner's mailbox stands on this machine as a queue, which the topic sends to as well.
    private async Task SubscribeAsync()
    {
        _ = await CallAsync("sqs", "/", ("Action", "CreateQueue"), ("QueueName", "owner"));
        _ = await CallAsync(
            "sns", "/", ("Action", "Subscribe"), ("TopicArn", Topic), ("Protocol", "sqs"),
            ("Endpoint", $"arn:aws:sqs:{AwsEmulator.Region}:{AwsEmulator.Account}:owner"));
    }

    private async Task<string[]> ReceiveAsync() =>
    [
        .. (await CallAsync("sqs", Queue, ("Action", "ReceiveMessage"), ("MaxNumberOfMessages", "10")))
            .Descendants().Where(element => element.Name.LocalName == "Body").Select(body => body.Value),
    ];

    private async Task<XElement> CallAsync(string service, string path, params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent(parameters.ToDictionary(pair => pair.Name, pair => pair.Value));
        using var answer = await system.Emulator.CallAsync(service, HttpMethod.Post, path, form);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, body);
        return XElement.Parse(body);
    }
}
