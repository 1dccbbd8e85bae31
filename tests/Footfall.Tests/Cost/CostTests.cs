using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Footfall.Api;
using Footfall.Cli.Commands;
using Footfall.Cli.Cost;

namespace Footfall.Tests.Cost;

public sealed partial class CostTests
{
    private static readonly PriceList Prices = PriceList.Find(PriceList.DefaultRegion)!;

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    [InlineData(10_000_000)]
    [InlineData(100_000_000)]
    public void The_page_about_cost_says_what_the_command_says(long visits)
    {
        var bill = Bill.Of(Workload.Footfall(visits), Prices);
        var original = Bill.Of(Workload.Original(visits), Prices);
        var cells = bill.Lines.Select(line => line.Charged)
            .Concat([bill.Charged, original.Charged])
            .Select(amount => amount.ToString("N2", CultureInfo.InvariantCulture));

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"| {visits:N0} | {string.Join(" | ", cells)} |"),
            File.ReadAllText(Repository.File("docs", "cost.md")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_about_cost_names_the_worst_bill()
    {
        var worst = Bill.Of(Workload.Abuse(ApiLimits.Default), Prices).Price;

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"${worst:N0} a month, ${worst / 30:N0} a day"),
            File.ReadAllText(Repository.File("docs", "cost.md")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_about_cost_lists_the_prices_of_each_region()
    {
        var rows = PriceList.Regions.Select(region => PriceList.Find(region)!).Select(prices => string.Create(
            CultureInfo.InvariantCulture,
            $"| {prices.Region} | {prices.HttpApiMillion} | {Known(prices.HttpApiMillionBeyond)} | {prices.WriteMillion} "
                + $"| {prices.ReadMillion} | {prices.LogGigabyte} | {prices.EdgeMillion} |\n"));

        Assert.Contains(
            string.Concat(rows), File.ReadAllText(Repository.File("docs", "cost.md")), StringComparison.Ordinal);

        static string Known(decimal? price) => price?.ToString(CultureInfo.InvariantCulture) ?? "not confirmed";
    }

    [Theory]
    [InlineData("us-east-1", false)]
    [InlineData("eu-central-1", true)]
    public void A_price_that_is_not_confirmed_is_the_dearer_one_and_is_told(string region, bool told)
    {
        var prices = PriceList.Find(region)!;
        var api = Bill.Of(new Workload { ApiRequests = 2 * PriceList.HttpApiFirstTier }, prices).Lines[0].Price;

        Assert.Equal(told, api == 600 * prices.HttpApiMillion);
        Assert.Equal(
            told,
            CostCommand.Describe(1_000, prices).Contains("not confirmed for", StringComparison.Ordinal));
    }

    [Fact]
    public void The_ceiling_is_that_of_Terraforms_throttles_on_the_routes_there_are()
    {
        var rates = Rate().Matches(File.ReadAllText(Repository.File("infra", "variables.tf")))
            .ToDictionary(
                match => match.Groups["name"].Value,
                match => int.Parse(match.Groups["rate"].Value, CultureInfo.InvariantCulture));
        Assert.Equal(ApiLimits.Default, new ApiLimits(rates["throttle"], rates["count_throttle"]));

        var head = VisitsApi.Routes.Count(route => route.Method == "GET");
        var paths = VisitsApi.Routes.Select(route => route.Path).Distinct(StringComparer.Ordinal).Count();
        Assert.Equal(ApiLimits.CountingRoutes + ApiLimits.OtherRoutes, VisitsApi.Routes.Count + head + paths);
    }

    [Fact]
    public void What_is_free_is_charged_from_its_end_on()
    {
        var little = Bill.Of(Workload.Footfall(1_000), Prices);
        Assert.Equal(0, little.Lines.Single(line => line.Service == "Lambda").Charged);
        Assert.True(little.Lines.Single(line => line.Service == "CloudWatch").Price > 0);

        var much = Bill.Of(Workload.Footfall(100_000_000), Prices);
        Assert.All(much.Lines, line => Assert.True(line.Charged > 0 && line.Charged <= line.Price));
    }

    [Theory]
    [InlineData("cost --visits-per-month many", "'many' is no number of visits")]
    [InlineData("cost --visits-per-month -1", "")]
    [InlineData("cost --visits-per-month 10 --region mars-1", "no prices are known here for 'mars-1'. There are: eu-")]
    [InlineData("cost", "--visits-per-month")]
    public async Task A_mistake_is_told(string line, string message)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            new Command("footfall") { CostCommand.Create() }, line.Split(' '), output, error);

        Assert.Equal(1, code);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_is_told_by_service_next_to_the_original_design()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            new Command("footfall") { CostCommand.Create() },
            ["cost", "--visits-per-month", "10,000", "--region", "eu-central-1"],
            output,
            error);

        Assert.Equal(0, code);
        Assert.StartsWith("10,000 visits a month in eu-central-1", output.ToString(), StringComparison.Ordinal);
        Assert.All(
            ["API Gateway", "DynamoDB", "Lambda", "CloudFront", "CloudWatch", "sum", "original", "at most"],
            (string part) => Assert.Contains(part, output.ToString(), StringComparison.Ordinal));
    }

    [GeneratedRegex(
        """variable "(?<name>\w+)" \{[^{}]*object\([^)]*\)[^{}]*default\s*=\s*\{ rate = (?<rate>\d+)""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Rate();
}
