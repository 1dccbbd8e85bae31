using Footfall.Counting;

namespace Footfall.Reporting;

/// <summary>
/// Tells a thing once, though the process may end at any moment: a mark says that it is being told, and then that it was.
/// Who finds the first and not the second tells it again, and says so.
/// </summary>
public sealed class ToldOnce(IReportMarks marks)
{
    private const string Telling = "sending";
    private const string Told = "sent";
    private const string NotTold = "refused";

    /// <param name="kind">What kind of thing it is: its mark's name, such as <c>report week</c>.</param>
    /// <param name="what">Which of its kind; one that comes after another takes its place.</param>
    /// <param name="tell">Tells it; is given whether that may be a repetition.</param>
    /// <exception cref="StoreUnavailableException">The store does not answer; it may have been told.</exception>
    public async Task TellAsync(
        string kind, string what, Func<bool, Task<Delivery>> tell, CancellationToken cancellationToken)
    {
        var mark = await marks.FindMarkAsync(kind, cancellationToken);
        if (mark == $"{Told} {what}")
        {
            return;
        }

        await marks.SetMarkAsync(kind, $"{Telling} {what}", cancellationToken);
        var delivery = await tell(mark == $"{Telling} {what}");
        if (delivery != Delivery.Unknown)
        {
            // Whoever stops the process meanwhile has not undone that it was told.
            await marks.SetMarkAsync(kind, $"{(delivery == Delivery.Taken ? Told : NotTold)} {what}", CancellationToken.None);
        }
    }

    /// <summary>Lets a thing count as told.</summary>
    /// <inheritdoc cref="TellAsync"/>
    public Task SkipAsync(string kind, string what, CancellationToken cancellationToken) =>
        marks.SetMarkAsync(kind, $"{Told} {what}", cancellationToken);
}
