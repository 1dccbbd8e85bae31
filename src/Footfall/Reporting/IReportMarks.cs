using Footfall.Counting;

namespace Footfall.Reporting;

/// <summary>
/// What was told to the owner already, so that it is told once: short texts by name, kept beside the counts. Safe for
/// concurrent use.
/// </summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> when the store does not answer.</remarks>
public interface IReportMarks
{
    /// <summary>The mark of this name; null when none was set.</summary>
    Task<string?> FindMarkAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Sets a mark where it still is what it was found to be, in one atomic step; durable when the task has completed.
    /// </summary>
    /// <param name="found">What <see cref="FindMarkAsync"/> gave: null for none.</param>
    /// <returns>False, and nothing has changed, when it is something else by now: of several at once one is given true.</returns>
    Task<bool> ReplaceMarkAsync(string name, string? found, string value, CancellationToken cancellationToken);
}
