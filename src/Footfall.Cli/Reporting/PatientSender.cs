using Footfall.Reporting;
using Footfall.Server;

namespace Footfall.Cli.Reporting;

/// <summary>Delivers a message however long its receiver is away, within a day.</summary>
/// <param name="dice">Spreads the attempts, so that not all who wait for one receiver come back at once.</param>
internal sealed class PatientSender(IReportChannel channel, ThrottledLog log, TimeProvider clock, Random dice)
{
    /// <summary>After this a message is no news any more, and the next report is due.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestWish = TimeSpan.FromHours(1);

    /// <param name="mayBeRepetition">Whether it may have arrived before; it then says so.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; the message may have arrived.</exception>
    public async Task<Delivery> SendAsync(Outgoing message, bool mayBeRepetition, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        var mayHaveArrived = mayBeRepetition;
        for (var wait = FirstWait; ; wait = Shorter(wait * 2, LongestWait))
        {
            var attempt = await channel.SendAsync(mayHaveArrived ? message.AsRepetition() : message, cancellationToken);
            if (attempt.End == AttemptEnd.Taken)
            {
                return Delivery.Taken;
            }

            var isLast = attempt.End == AttemptEnd.Refused || clock.GetElapsedTime(start) >= Patience;
            mayHaveArrived |= attempt.End == AttemptEnd.Unknown;
            log.Write(
                isLast ? $"report {message.Name}" : "report",
                $"{channel.Place} {attempt.Words}; {message.Name} {(isLast ? "is not sent" : "is tried again")}");
            if (isLast)
            {
                return mayHaveArrived ? Delivery.Unknown : Delivery.Refused;
            }

            await Task.Delay(Longer(Spread(wait), Shorter(attempt.RetryAfter ?? TimeSpan.Zero, LongestWish)), clock, cancellationToken);
        }
    }

    // Half of it to one and a half times it.
    private TimeSpan Spread(TimeSpan wait) => wait * (0.5 + dice.NextDouble());

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
