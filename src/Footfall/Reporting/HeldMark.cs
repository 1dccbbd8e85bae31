using System.Globalization;
using Footfall.Counting;

namespace Footfall.Reporting;

/// <summary>
/// A mark that this process holds: it says until when, and is renewed while it is in use, so that nobody else takes it,
/// and whoever comes after a process that has died takes it within <see cref="Time"/>.
/// </summary>
/// <remarks>Clocks of processes that share a store may differ by as much.</remarks>
internal sealed class HeldMark : IDisposable
{
    private const string Until = " until ";

    // Lambda delivers an event again a minute after it failed: by then it is over.
    internal static readonly TimeSpan Time = TimeSpan.FromSeconds(45);

    private readonly IReportMarks marks;
    private readonly string name;
    private readonly string text;
    private readonly TimeProvider clock;
    private readonly PeriodicTimer renewals;
    private readonly CancellationTokenSource lost = new();
    private string value;

    private HeldMark(IReportMarks marks, string name, string text, string value, TimeProvider clock)
    {
        this.marks = marks;
        this.name = name;
        this.text = text;
        this.value = value;
        this.clock = clock;
        renewals = new PeriodicTimer(Time / 3, clock);
    }

    /// <param name="found">What the mark was found to be.</param>
    /// <param name="text">What it says from now on, beside its time.</param>
    /// <returns>Null when somebody else holds it.</returns>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public static async Task<HeldMark?> TryTakeAsync(
        IReportMarks marks, string name, string? found, string text, TimeProvider clock, CancellationToken cancellationToken)
    {
        var taken = ValueOf(text, clock);
        return !IsHeld(found, clock.GetUtcNow()) && await marks.ReplaceMarkAsync(name, found, taken, cancellationToken)
            ? new HeldMark(marks, name, text, taken, clock)
            : null;
    }

    /// <summary>What a mark says, without a time that it is held until.</summary>
    public static string? TextOf(string? mark) => mark?.Split(Until)[0];

    /// <summary>Does something while nobody else can take the mark, and lets go of it with what it says from then on.</summary>
    /// <param name="use">Gives what it says; when it fails, the mark says what it did. Its token is also cancelled when the mark is lost.</param>
    /// <returns>False when it was lost: this process stood still, and somebody took it for dead.</returns>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<bool> UseAsync(Func<CancellationToken, Task<string>> use, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lost.Token);
        var renewing = RenewAsync();
        var last = text;
        try
        {
            last = await use(end.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            renewals.Dispose();
            await renewing;
            // Whoever stops the process meanwhile has not undone what was done.
            await marks.ReplaceMarkAsync(name, value, last, CancellationToken.None);
        }

        return true;
    }

    public void Dispose()
    {
        renewals.Dispose();
        lost.Dispose();
    }

    // One that is held for longer than any is was made by a clock that was wrong.
    private static bool IsHeld(string? mark, DateTimeOffset now) =>
        mark?.Split(Until) is [_, var until]
        && DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, out var end)
        && end > now
        && end <= now + (Time * 2);

    private async Task RenewAsync()
    {
        while (await renewals.WaitForNextTickAsync())
        {
            try
            {
                var renewed = ValueOf(text, clock);
                if (!await marks.ReplaceMarkAsync(name, value, renewed, CancellationToken.None))
                {
                    await lost.CancelAsync();
                    return;
                }

                value = renewed;
            }
            catch (StoreUnavailableException)
            {
                // It is held for some time yet, and others do not reach the store either.
            }
        }
    }

    private static string ValueOf(string text, TimeProvider clock) =>
        string.Create(CultureInfo.InvariantCulture, $"{text}{Until}{clock.GetUtcNow() + Time:O}");
}
