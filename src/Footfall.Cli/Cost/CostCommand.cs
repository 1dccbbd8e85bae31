using System.CommandLine;
using System.Globalization;
using Footfall.Cli.Commands;

namespace Footfall.Cli.Cost;

/// <summary>Tells what a month on AWS costs.</summary>
internal static class CostCommand
{
    private const string Notes = """
        Examples:
          footfall cost --visits-per-month 10000
          footfall cost --visits-per-month 5000000 --region eu-central-1

        How the figures come about: docs/cost.md
        """;

    private const long MaxVisits = 1_000_000_000;

    private static readonly Option<string> VisitsPerMonth = new("--visits-per-month")
    {
        Description = "Counted visits in a month, 0 to 1,000,000,000.",
        HelpName = "N",
        Required = true,
    };

    private static readonly Option<string> Region = new("--region")
    {
        Description = "The AWS region.",
        HelpName = "REGION",
        DefaultValueFactory = _ => PriceList.DefaultRegion,
    };

    public static Command Create()
    {
        var command = new CommandWithNotes("cost", "Tells what a month of visits costs on AWS, by service.", Notes)
        {
            VisitsPerMonth, Region,
        };
        command.SetAction(line => line.InvocationConfiguration.Output.Write(Describe(
            VisitsOf(line.GetRequiredValue(VisitsPerMonth)), PricesOf(line.GetRequiredValue(Region)))));
        return command;
    }

    /// <summary>The bill of a month, next to the original design's, and the ceiling that throttles set.</summary>
    public static string Describe(long visits, PriceList prices)
    {
        var bill = Bill.Of(Workload.Footfall(visits), prices);
        var original = Bill.Of(Workload.Original(visits), prices);
        var limits = ApiLimits.Default;
        var worst = Bill.Of(Workload.Abuse(limits), prices).Price;
        var lines = bill.Lines.Zip(original.Lines, (own, other) => Row(
            $"{own.Service}: {own.What}", own.Price, own.Charged, other.Charged));
        return string.Create(CultureInfo.InvariantCulture, $"""
            {visits:N0} visits a month in {prices.Region}, US dollars, list prices known on {PriceList.Date:yyyy-MM-dd}

            {"",-40}{"price",12}{"charged",12}{"original",12}
            {string.Join('\n', lines)}
            {Row("sum", bill.Price, bill.Charged, original.Charged)}

            charged   after what every account has for nothing each month
            original  charged for the original design, which reads a number and writes it back
            An own domain is ${PriceList.HostedZone:F2} a month more, and its yearly price.{Unconfirmed(prices)}

            Whoever floods the API all month, each counting route with its limit of {limits.CountingRate} requests a
            second and each other one with its {limits.Rate}, can cause ${worst:N0} at most, ${worst / 30:N0} a day; the
            budget's alarm comes within a day. Requests for the page itself have no such limit: docs/cost.md.

            """);
    }

    private static string Unconfirmed(PriceList prices) => prices.HttpApiMillionBeyond is null
        ? $"\nAPI requests beyond 300 million a month may cost less: not confirmed for {prices.Region}, so left out."
        : "";

    private static string Row(string what, decimal price, decimal charged, decimal original) => string.Create(
        CultureInfo.InvariantCulture, $"{what,-40}{price,12:N2}{charged,12:N2}{original,12:N2}");

    private static long VisitsOf(string text) =>
        long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var visits)
        && visits is >= 0 and <= MaxVisits
            ? visits
            : throw new CommandException(
                $"--visits-per-month: '{text}' is no number of visits from 0 to 1,000,000,000, such as 10000.");

    private static PriceList PricesOf(string region) => PriceList.Find(region)
        ?? throw new CommandException(
            $"--region: no prices are known here for '{region}'. There are: {string.Join(", ", PriceList.Regions)}.");
}
