using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Footfall.Cli.Reporting;
using Footfall.Reporting;
using Footfall.Server;

namespace Footfall.Tests.Reporting;

/// <summary>What a receiver may do to a message, and what becomes of it.</summary>
public sealed class SendingTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private static readonly Outgoing Message = new("the report of today", new Notice("12 visits", [], []), _ => { });

    private readonly LeapingClock clock = new(new DateTimeOffset(2026, 11, 26, 0, 2, 0, TimeSpan.Zero));
    private readonly StringWriter output = new();

    [Theory]
    [InlineData("200 OK", AttemptEnd.Taken, "")]
    [InlineData("204 No Content", AttemptEnd.Taken, "")]
    [InlineData("429 Too Many Requests", AttemptEnd.NotTaken, "answers 429")]
    [InlineData("503 Service Unavailable", AttemptEnd.NotTaken, "answers 503")]
    [InlineData("500 Internal Server Error", AttemptEnd.Unknown, "answers 500")]
    [InlineData("502 Bad Gateway", AttemptEnd.Unknown, "answers 502")]
    [InlineData("408 Request Timeout", AttemptEnd.Unknown, "answers 408")]
    [InlineData("400 Bad Request", AttemptEnd.Refused, "answers 400: it does not take the message. Look whether --report-to has its whole address; ntfy's needs ?tpl=yes")]
    [InlineData("403 Forbidden", AttemptEnd.Refused, "answers 403: the secret in the address is wrong")]
    [InlineData("404 Not Found", AttemptEnd.Refused, "answers 404: there is no webhook of this address")]
    [InlineData("410 Gone", AttemptEnd.Refused, "answers 410: there is no webhook of this address")]
    [InlineData("302 Found\r\nLocation: http://127.0.0.1:1/elsewhere-secret", AttemptEnd.Refused, "answers 302: it leads elsewhere, to 127.0.0.1, and redirects are not followed.")]
    [InlineData("418 I'm a teapot", AttemptEnd.Refused, "answers 418: it does not take the message.")]
    internal async Task An_answer_says_whether_it_is_worth_another_attempt(string answer, AttemptEnd end, string words)
    {
        await using var receiver = new WebhookReceiver(answer);
        using var webhook = WebhookTo(receiver.Address, TimeProvider.System);

        var attempt = await webhook.SendAsync(Message, Stop);

        Assert.Equal(end, attempt.End);
        Assert.StartsWith(words, attempt.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(WebhookReceiver.Secret, attempt.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere-secret", attempt.Words, StringComparison.Ordinal);
        Assert.Equal(1, receiver.Requests);
    }

    [Theory]
    [InlineData("429 Slow down\r\nRetry-After: 77", 77)]
    [InlineData("503 Busy\r\nRetry-After: Thu, 26 Nov 2026 00:02:30 GMT", 30)]
    public void The_receiver_says_when_to_come_back(string answer, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        WebhookTo(new Uri("https://x.example"), clock).RetryAfterOf(HeadersOf(answer)));

    [Fact]
    public async Task Nobody_there_has_not_got_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var webhook = WebhookTo(new Uri($"http://127.0.0.1:{port}/{WebhookReceiver.Secret}"), TimeProvider.System);

        var attempt = await webhook.SendAsync(Message, Stop);

        Assert.Equal(AttemptEnd.NotTaken, attempt.End);
        Assert.Contains("Connection refused", attempt.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(WebhookReceiver.Secret, attempt.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_may_have_got_it()
    {
        await using var receiver = new WebhookReceiver([null]);
        using var webhook = WebhookTo(receiver.Address, clock);

        var attempt = await webhook.SendAsync(Message, Stop);

        Assert.Equal((AttemptEnd.Unknown, "does not answer within 30 seconds"), (attempt.End, attempt.Words));
        Assert.Equal([Webhook.Patience], clock.Waits);
    }

    [Fact]
    public async Task Who_hangs_up_without_an_answer_may_have_got_it()
    {
        await using var receiver = new WebhookReceiver("nonsense");
        using var webhook = WebhookTo(receiver.Address, TimeProvider.System);

        Assert.Equal(AttemptEnd.Unknown, (await webhook.SendAsync(Message, Stop)).End);
    }

    [Fact]
    public async Task It_is_tried_again_after_ever_longer_waits_until_it_is_taken()
    {
        var channel = new ScriptedChannel([.. Enumerable.Repeat(new Attempt(AttemptEnd.NotTaken, "answers 503"), 14)]);

        Assert.Equal(Delivery.Taken, await SendAsync(channel));

        Assert.Equal(15, channel.Messages.Count);
        Assert.All(channel.Messages, message => Assert.Empty(message.Notice.Remarks));
        var bounds = Enumerable.Range(0, 14).Select(i => Math.Min(Math.Pow(2, i), 900));
        Assert.All(clock.Waits.Zip(bounds), pair => Assert.InRange(pair.First.TotalSeconds, pair.Second / 2, pair.Second * 1.5));
        Assert.True(clock.Waits.Distinct().Count() > 10, "the waits are spread");
        Assert.Contains("2026-11-26 00:02:00Z https://hooks.example.com answers 503; the report of today is tried again", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_names_a_time_is_left_alone_until_then_but_for_an_hour_at_most()
    {
        var channel = new ScriptedChannel(
            new Attempt(AttemptEnd.NotTaken, "answers 429", TimeSpan.FromSeconds(77)),
            new Attempt(AttemptEnd.NotTaken, "answers 429", TimeSpan.FromDays(300)),
            new Attempt(AttemptEnd.NotTaken, "answers 429", TimeSpan.FromSeconds(-5)));

        Assert.Equal(Delivery.Taken, await SendAsync(channel));

        Assert.Equal(TimeSpan.FromSeconds(77), clock.Waits[0]);
        Assert.Equal(TimeSpan.FromHours(1), clock.Waits[1]);
        Assert.InRange(clock.Waits[2].TotalSeconds, 2, 6);
    }

    [Fact]
    public async Task After_an_attempt_that_may_have_arrived_each_one_says_so()
    {
        var channel = new ScriptedChannel(new Attempt(AttemptEnd.NotTaken), new Attempt(AttemptEnd.Unknown), new Attempt(AttemptEnd.NotTaken));

        Assert.Equal(Delivery.Taken, await SendAsync(channel));

        Assert.Equal([false, false, true, true], channel.Messages.Select(SaysRepetition));
    }

    [Fact]
    public async Task What_is_refused_is_not_tried_again_and_told_once()
    {
        var channel = new ScriptedChannel(new Attempt(AttemptEnd.Refused, "answers 404: there is none"));

        Assert.Equal(Delivery.Refused, await SendAsync(channel));

        Assert.Single(channel.Messages);
        Assert.Equal("2026-11-26 00:02:00Z https://hooks.example.com answers 404: there is none; the report of today is not sent\n", output.ToString());
    }

    [Fact]
    public async Task After_a_day_it_is_given_up()
    {
        var channel = new ScriptedChannel([.. Enumerable.Repeat(new Attempt(AttemptEnd.NotTaken, "answers 503"), 1000)]);

        Assert.Equal(Delivery.Refused, await SendAsync(channel));

        Assert.InRange(channel.Messages.Count, 80, 220);
        Assert.Contains(" answers 503; the report of today is not sent\n", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/T0/B0/x9Qm", "https://hooks.slack.com")]
    [InlineData("http://ntfy.lan:8080/topic?tpl=yes&t={{.title}}&m={{.message}}", "http://ntfy.lan:8080")]
    [InlineData("smtp://jane%40example.com@smtp.example.com:587?to=jane@example.com", "smtp://smtp.example.com:587")]
    public void The_log_names_the_receiver_without_its_secret(string address, string place) =>
        Assert.Equal(place, new ReportSettings(ReportSettings.ParseTo(address), [], PasswordFile: null).Place);

    [Theory]
    [InlineData("hooks.slack.com/x9Qm")]
    [InlineData("ftp://example.com/x9Qm")]
    [InlineData("https://jane:x9Qm@example.com")]
    [InlineData("file:///x9Qm")]
    [InlineData("")]
    public void What_is_no_address_is_refused_without_repeating_it(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => ReportSettings.ParseTo(text));
        Assert.DoesNotContain("x9Qm", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<Delivery> SendAsync(ScriptedChannel channel)
    {
        using var log = new ThrottledLog(output, new LeapingClockForLog(clock));
        return await new PatientSender(channel, log, clock, new Random(1)).SendAsync(Message, mayBeRepetition: false, Stop);
    }

    private static bool SaysRepetition(Outgoing message) =>
        message.Notice.Remarks.Any(remark => remark.StartsWith("This may be a repetition", StringComparison.Ordinal));

    private static Webhook WebhookTo(Uri address, TimeProvider clock) =>
        new(new ReportSettings(address, [], PasswordFile: null), clock);

    private static HttpResponseMessage HeadersOf(string answer)
    {
        var lines = answer.Split("\r\n");
        var response = new HttpResponseMessage((HttpStatusCode)int.Parse(lines[0].Split(' ')[0], CultureInfo.InvariantCulture));
        response.Headers.Add("Retry-After", lines[1].Split(": ")[1]);
        return response;
    }

    /// <summary>The same time, without the log's own timers.</summary>
    private sealed class LeapingClockForLog(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
    }
}
