using System.Globalization;
using Footfall.ScaleBench;

// Footfall.ScaleBench MILLISECONDS_OF_A_TRANSACTION
var transaction = TimeSpan.FromMilliseconds(double.Parse(args[0], CultureInfo.InvariantCulture));
int[] shards = [1, 4, 16, 64, 256];

await Console.Out.WriteLineAsync("What so many shards carry:");
await Console.Out.WriteLineAsync(Report.Head);
foreach (var number in shards)
{
    await Console.Out.WriteLineAsync(Report.Row(Search.MostCarried(number, transaction)));
}

foreach (var rate in new[] { 50, 10_000 })
{
    await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\n{rate:N0} visits a second:"));
    await Console.Out.WriteLineAsync(Report.Head);
    foreach (var number in shards.Where(number => rate <= 1_000 ? number <= 16 : number >= 64))
    {
        await Console.Out.WriteLineAsync(Report.Row(Simulation.Run(number, rate, transaction)));
    }
}
