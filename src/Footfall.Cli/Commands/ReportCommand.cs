using System.CommandLine;
using System.Text;
using Footfall.Cli.Printing;
using Footfall.Cli.Settings;
using Footfall.Reporting;

namespace Footfall.Cli.Commands;

/// <summary>Shows what a day, a week or a month came to.</summary>
internal static class ReportCommand
{
    private const string Notes = """
        Examples:
          footfall report
          footfall report --period week --counter readme
          footfall report --period month --format json --store dynamodb --table footfall

        In a crontab; cron sends what a command shows to MAILTO, and nothing when it shows nothing:
          MAILTO=jane@example.com
          0 8 * * *  footfall report --if-any --data /var/lib/footfall

        A server that is running is not disturbed. Days are UTC days: yesterday is the last whole one, a week the last
        seven, a month the last whole one of the calendar.
        """;

    private const string Yesterday = "yesterday";
    private const string Week = "week";
    private const string Month = "month";

    private const string Text = "text";
    private const string Markdown = "markdown";
    private const string Json = "json";
    private const string Html = "html";

    private static readonly Option<string> Period = new("--period")
    {
        Description = $"{Yesterday}, {Week} or {Month}.",
        HelpName = "PERIOD",
        DefaultValueFactory = _ => Yesterday,
    };

    private static readonly Option<string> Format = new("--format")
    {
        Description = $"{Text}, {Markdown}, {Json} or {Html} (for a mail).",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => Text,
    };

    private static readonly Option<bool> IfAny = new("--if-any")
    {
        Description = "Shows nothing when there was no visit.",
    };

    public static Command Create(SettingsReader reader, TimeProvider clock, Random dice)
    {
        var command = new CommandWithNotes("report", "Shows what a day, a week or a month came to.", Notes) { Period, Format, IfAny };
        var counts = new CountsOptions(command, reader, ServeSettings.Counted);
        command.SetAction((line, stop) => RunAsync(line, counts, clock, dice, stop));
        return command;
    }

    private static async Task RunAsync(
        ParseResult line, CountsOptions options, TimeProvider clock, Random dice, CancellationToken stop)
    {
        var write = WriterOf(line.GetRequiredValue(Format));
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var period = ReportPeriod.Before(SpanOf(line.GetRequiredValue(Period)), today);
        await using var counts = await options.OpenAsync(line, mayBeNew: false, clock, dice, stop);
        var counters = options.Read(line).Hosting.Counters;
        var report = await Failures.ExplainAsync(
            async () => await Report.ReadAsync(
                counts.Store, counts.Links, await counters.ReadAllAsync(counts.Store, stop), period, stop));
        if (report.HasVisits || !line.GetValue(IfAny))
        {
            await ShowAsync(write(report), line.InvocationConfiguration.Output);
        }
    }

    private static async Task ShowAsync(string text, TextWriter output)
    {
        await output.WriteAsync(text);
        if (output is Printer { Failure: { } failure })
        {
            throw new CommandException($"The report cannot be shown: {failure.Message}", failure);
        }
    }

    private static ReportSpan SpanOf(string period) => period switch
    {
        Yesterday => ReportSpan.Day,
        Week => ReportSpan.Week,
        Month => ReportSpan.Month,
        _ => throw new CommandException($"--period: '{period}' is no period; there are {Yesterday}, {Week} and {Month}."),
    };

    private static Func<Report, string> WriterOf(string format) => format switch
    {
        Text => report => NoticeText.Write(ReportNotice.Of(report)),
        Markdown => report => NoticeMarkdown.Write(ReportNotice.Of(report)),
        Html => report => NoticeHtml.Write(ReportNotice.Of(report)),
        Json => report => $"{Encoding.UTF8.GetString(ReportJson.Write(report).Span)}\n",
        _ => throw new CommandException($"--format: '{format}' is no format; there are {Text}, {Markdown}, {Json} and {Html}."),
    };
}
