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

    /// <summary>Sets or replaces a mark; durable when the task has completed.</summary>
    Task SetMarkAsync(string name, string value, CancellationToken cancellationToken);
}
