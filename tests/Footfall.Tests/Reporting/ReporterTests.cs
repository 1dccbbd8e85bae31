using Footfall.Cli.Reporting;
using Footfall.Counting;
using Footfall.Reporting;
using Footfall.Server;
using Footfall.Tests.Hosts;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Reporting;

/// <summary>When the owner is told something, and when not.</summary>
public sealed class ReporterTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly MemoryVisitStore store = new();
    private readonly ManualClock clock = new(MomentOf("2026-11-26 12:00"));
    private readonly StringWriter output = new();
    private readonly CountedDays days;

    public ReporterTests() => days = new CountedDays(store, store);

    [Fact]
    public async Task The_day_before_is_told_once_and_after_a_restart_not_again()
    {
        await days.VisitAsync("2026-11-25", 3);
        var channel = new ScriptedChannel();

        await LookAsync(ReporterTo(channel), ReportTime.Daily, 3);
        await LookAsync(ReporterTo(channel), ReportTime.Daily, 3);

        Assert.Equal(["3 visits on 25 November 2026"], TitlesOf(channel));
    }

    [Fact]
    public async Task The_next_day_is_told_when_it_has_ended_and_its_last_requests_are_written_down()
    {
        await days.VisitAsync("2026-11-25");
        await days.VisitAsync("2026-11-26", 2);
        var channel = new ScriptedChannel();
        var reporter = ReporterTo(channel);
        await LookAsync(reporter, ReportTime.Daily);

        clock.Set(MomentOf("2026-11-27 00:01"));
        await LookAsync(reporter, ReportTime.Daily);
        Assert.Single(channel.Messages);

        clock.Set(MomentOf("2026-11-27 00:02"));
        await LookAsync(reporter, ReportTime.Daily, 2);
        Assert.Equal(["1 visit on 25 November 2026", "2 visits on 26 November 2026"], TitlesOf(channel));
    }

    [Fact]
    public async Task A_day_without_a_visit_is_not_told_of()
    {
        await days.AddAsync("2026-11-25", Outcome.Bot, 9);
        await days.VisitAsync("2026-11-24");
        var channel = new ScriptedChannel();

        await LookAsync(ReporterTo(channel), ReportTime.Daily, 2);

        Assert.Empty(channel.Messages);
    }

    [Theory]
    [InlineData("2026-11-26 12:00")]
    [InlineData("2026-11-23 00:02")]
    [InlineData("2026-11-30 00:01")]
    public async Task A_week_is_from_Monday_to_Sunday_on_whichever_day_the_server_starts(string now)
    {
        clock.Set(MomentOf(now));
        await days.VisitAsync("2026-11-15");
        await days.VisitAsync("2026-11-16");
        await days.VisitAsync("2026-11-22");
        await days.VisitAsync("2026-11-23");
        var channel = new ScriptedChannel();

        await LookAsync(ReporterTo(channel), ReportTime.Weekly, 2);

        Assert.Equal(["2 visits from 16 November 2026 to 22 November 2026"], TitlesOf(channel));
    }

    [Fact]
    public async Task A_first_opening_is_told_once_and_what_was_opened_before_anybody_asked_never()
    {
        await days.OpenAsync("Before", "beforexx", "2026-11-20");
        var channel = new ScriptedChannel();
        var reporter = ReporterTo(channel);
        await LookAsync(reporter, ReportTime.AtFirstOpening);
        Assert.Empty(channel.Messages);

        var acme = await days.OpenAsync("Acme, platform lead", "acmeacme");
        await LookAsync(reporter, ReportTime.AtFirstOpening);
        await days.AddAsync("2026-11-26", Outcome.Bot, 3, acme.Counter);
        await LookAsync(reporter, ReportTime.AtFirstOpening);
        Assert.Empty(channel.Messages);

        await days.VisitAsync("2026-11-26", counter: acme.Counter);
        await LookAsync(reporter, ReportTime.AtFirstOpening, 2);
        await days.VisitAsync("2026-11-26", counter: acme.Counter);
        await days.VisitAsync("2026-11-26", counter: Link.CounterOf("beforexx"));
        await LookAsync(reporter, ReportTime.AtFirstOpening);
        await LookAsync(ReporterTo(channel), ReportTime.AtFirstOpening, 2);

        Assert.Equal(["Acme, platform lead: first visit today"], TitlesOf(channel));
    }

    [Fact]
    public async Task What_was_opened_while_the_server_was_down_is_told_at_its_next_start()
    {
        var channel = new ScriptedChannel();
        await LookAsync(ReporterTo(channel), ReportTime.AtFirstOpening);
        await days.OpenAsync("Acme", "acmeacme", "2026-11-25");

        await LookAsync(ReporterTo(channel), ReportTime.AtFirstOpening);

        Assert.Equal(["Acme: first visit on 25 November 2026"], TitlesOf(channel));
    }

    [Fact]
    public async Task What_was_refused_is_tried_again_by_the_next_process_and_not_before()
    {
        await days.VisitAsync("2026-11-25");
        var channel = new ScriptedChannel(new Attempt(AttemptEnd.Refused, "answers 404"));

        await LookAsync(ReporterTo(channel), ReportTime.Daily, 3);
        Assert.Single(channel.Messages);
        await LookAsync(ReporterTo(channel), ReportTime.Daily, 3);

        Assert.Equal(2, channel.Messages.Count);
        Assert.All(channel.Messages, message => Assert.Single(message.Notice.Remarks));
    }

    [Fact]
    public async Task What_another_server_is_telling_is_left_to_it_and_told_when_it_has_died_with_a_word_of_it()
    {
        await days.VisitAsync("2026-11-25");
        await store.ReplaceMarkAsync("openings", found: null, "told", Stop);
        await days.OpenAsync("Acme", "acmeacme", "2026-11-26");
        await store.ReplaceMarkAsync("report day", found: null, "sending 2026-11-25 until 2026-11-26T12:00:45Z", Stop);
        await store.ReplaceMarkAsync("opening acmeacme", found: null, "sending first visit until 2026-11-26T12:00:45Z", Stop);
        var channel = new ScriptedChannel();
        var reporter = ReporterTo(channel);

        await LookAsync(reporter, ReportTime.Daily);
        await LookAsync(reporter, ReportTime.AtFirstOpening);
        Assert.Empty(channel.Messages);

        clock.Set(MomentOf("2026-11-26 12:01"));
        await LookAsync(reporter, ReportTime.Daily, 2);
        await LookAsync(reporter, ReportTime.AtFirstOpening, 2);

        Assert.Equal(["1 visit on 25 November 2026", "Acme: first visit today"], TitlesOf(channel));
        Assert.All(channel.Messages, message => Assert.StartsWith("This may be a repetition", message.Notice.Remarks[^1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_away_is_asked_again_a_minute_later_and_ends_nothing()
    {
        await days.VisitAsync("2026-11-25");
        var channel = new ScriptedChannel();
        using var log = new ThrottledLog(output, clock);
        var isThere = false;
        var reporter = new Reporter(
            store, store, store,
            _ => isThere ? Task.FromResult<IReadOnlyList<string>>(["/"]) : throw new StoreUnavailableException("the disk is away"),
            new PatientSender(channel, log, clock, new Random(1)), log, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = reporter.RunAsync([ReportTime.Daily], end.Token);
        Assert.Contains("no report could be made: the disk is away", output.ToString(), StringComparison.Ordinal);

        isThere = true;
        clock.Set(MomentOf("2026-11-26 12:01"));
        await channel.FirstMessage.WaitAsync(Stop);

        Assert.Equal(["1 visit on 25 November 2026"], TitlesOf(channel));
        await end.CancelAsync();
        await running;
    }

    private Reporter ReporterTo(ScriptedChannel channel)
    {
        var log = new ThrottledLog(output, clock);
        return new Reporter(
            store, store, store, _ => Task.FromResult<IReadOnlyList<string>>(["/"]),
            new PatientSender(channel, log, clock, new Random(1)), log, clock);
    }

    private static async Task LookAsync(Reporter reporter, ReportTime time, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            await reporter.LookAsync(time, Stop);
        }
    }

    private static IEnumerable<string> TitlesOf(ScriptedChannel channel) => channel.Messages.Select(message => message.Notice.Title);

    private static DateTimeOffset MomentOf(string text) => DateTimeOffset.Parse($"{text}Z", System.Globalization.CultureInfo.InvariantCulture);
}
