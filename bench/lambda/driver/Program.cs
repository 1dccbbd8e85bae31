using System.Globalization;
using Footfall.LambdaBench;

// Footfall.LambdaBench DYNAMODB_LOCAL ROUNDS --plain|--tls NAME PACKAGE_BYTES PROGRAM [ARGUMENT]... , NAME ...
var rounds = int.Parse(args[1], CultureInfo.InvariantCulture);
const int ColdStartsARound = 10;
var contenders = Contender.ParseAll(args.AsSpan(3));
using var database = await Database.StartAsync(args[0]);
await using var terminator = args[2] == "--tls" ? await TlsTerminator.StartAsync(database.Endpoint) : null;
var bench = new Bench(terminator?.Address ?? database.Endpoint, terminator?.CertificateFile);
await Console.Error.WriteLineAsync("Warming DynamoDB Local up ...");
foreach (var contender in contenders)
{
    await bench.RunAsync(contender);
}

var runs = contenders.ToDictionary(contender => contender, _ => new List<Measurement>());
for (var round = 1; round <= rounds; round++)
{
    foreach (var contender in contenders)
    {
        await Console.Error.WriteLineAsync($"Round {round} of {rounds}: {contender.Name}");
        var measured = await bench.RunAsync(contender);
        runs[contender].Add(measured);
        for (var start = 1; start < ColdStartsARound; start++)
        {
            runs[contender].Add(measured with { Cold = await bench.RunColdAsync(contender) });
        }
    }
}

Console.Write(Report.Table([.. contenders.Select(contender => (contender, Measurement.MedianOf(runs[contender])))]));
