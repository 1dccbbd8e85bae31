using System.Security.Cryptography;
using Footfall.Api;
using Footfall.Counting;
using Footfall.DynamoDb;
using Footfall.Lambda;
using Footfall.Lambda.Reports;
using Footfall.Lambda.Runtime;

if (Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is not { Length: > 0 } endpoint)
{
    await Console.Error.WriteLineAsync(
        "AWS_LAMBDA_RUNTIME_API is not set: this program runs on AWS Lambda. On your own machine, use footfall serve.");
    return 1;
}

// One request at a time, and nothing in it blocks (BufferedHttpClientFactory sees to it for the SDK): it goes on in the thread that
// waits for its sockets, instead of being handed to another one at each answer. .NET has no other setting for it.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

var clock = TimeProvider.System;
using var runtime = new RuntimeApi(endpoint);
using var output = Console.OpenStandardOutput();
using var random = RandomNumberGenerator.Create();
var log = new InvocationLog(output, Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME") ?? "footfall", clock);
RuntimeLoop loop;
try
{
    var settings = LambdaSettings.Parse(Environment.GetEnvironmentVariable);
#pragma warning disable CA2000 // The client lives as long as the process.
    var store = new DynamoDbVisitStore(DynamoDbClients.Create(), settings.Store, clock, Random.Shared);
#pragma warning restore CA2000
    var counter = new VisitCounter(store, settings.Rules, clock, random);
    var api = new VisitsApi(
        counter, store, new OwnerSide(store, settings.OwnerKey), settings.Counters, settings.Origins, clock, settings.Public);

    var reports = new ScheduledReports(
        store, store, store, stop => settings.Counters.ReadAllAsync(store, stop), (subject, text, stop) => PublishAsync(settings.ReportTopic, subject, text, stop), clock);

    // Lambda gives a function that starts more of the processor than one that answers, and the first requests to the
    // store are the dearest. Two seconds are far more than they take; should they not be answered, the first visit says so.
    using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
    await counter.PrepareAsync(CounterKeys.Default, patience.Token);
    loop = new RuntimeLoop(runtime, new HttpApiEvent(settings.EdgeSecrets), api, reports, log, () => store.Conflicts, clock);
}
#pragma warning disable CA1031 // Whatever keeps the function from starting is for its owner to read.
catch (Exception error)
#pragma warning restore CA1031
{
    log.NotStarted(error);
    await runtime.FailInitAsync(error, CancellationToken.None);
    return 1;
}

await loop.RunAsync(CancellationToken.None);
return 0;

// All of it is made when a report goes out, and nothing of it for a visit.
Task PublishAsync(string? topic, string subject, string text, CancellationToken stop)
{
    var keys = new AwsKeys(Required("AWS_ACCESS_KEY_ID"), Required("AWS_SECRET_ACCESS_KEY"), Environment.GetEnvironmentVariable("AWS_SESSION_TOKEN"));
    var place = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_SNS") ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL");
    return new SnsTopic(topic ?? Required("FOOTFALL_REPORT_TOPIC"), place is null ? null : new Uri(place), keys, clock).PublishAsync(subject, text, stop);
}

static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
    ? value
    : throw new InvalidSettingException($"{name} is not set, and a report cannot be sent without it.");
