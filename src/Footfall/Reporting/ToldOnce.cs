using Footfall.Counting;

namespace Footfall.Reporting;

/// <summary>
/// Tells a thing once, though several processes may be about it, and each may end at any moment: a mark says that it is
/// being told, and by when it is told or its teller has died; and then that it was. Who finds that somebody has died
/// tells it again, and says so.
/// </summary>
public sealed class ToldOnce(IReportMarks marks, TimeProvider clock)
{
    private const string Telling = "sending";
    private const string Told = "sent";
    private const string NotTold = "refused";

    /// <param name="kind">What kind of thing it is: its mark's name, such as <c>report week</c>.</param>
    /// <param name="what">Which of its kind; one that comes after another takes its place.</param>
    /// <param name="tell">
    /// Tells it; is given whether that may be a repetition. Its token is also cancelled when somebody else has taken over.
    /// </param>
    /// <returns>
    /// False when somebody else is about something of its kind: ask again later whether they came to the end of it.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store does not answer; it may have been told.</exception>
    public async Task<bool> TellAsync(
        string kind,
        string what,
        Func<bool, CancellationToken, Task<Delivery>> tell,
        CancellationToken cancellationToken)
    {
        var found = await marks.FindMarkAsync(kind, cancellationToken);
        if (found == $"{Told} {what}")
        {
            return true;
        }

        var telling = $"{Telling} {what}";
        using var held = await HeldMark.TryTakeAsync(marks, kind, found, telling, clock, cancellationToken);
        return held is not null
            && await held.UseAsync(
                async token => await tell(HeldMark.TextOf(found) == telling, token) switch
                {
                    Delivery.Taken => $"{Told} {what}",
                    Delivery.Refused => $"{NotTold} {what}",
                    _ => telling,
                },
                cancellationToken);
    }

    /// <summary>Lets a thing count as told, of a kind that nothing was told of.</summary>
    /// <inheritdoc cref="TellAsync"/>
    public Task SkipAsync(string kind, string what, CancellationToken cancellationToken) =>
        marks.ReplaceMarkAsync(kind, found: null, $"{Told} {what}", cancellationToken);
}
