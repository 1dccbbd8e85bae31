using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>What one reading of a résumé has found so far.</summary>
internal sealed partial class ReadingLog(JsonSource source)
{
    private readonly HashSet<string> unknownFields = new(StringComparer.Ordinal);

    /// <summary>What makes the résumé unreadable.</summary>
    public List<ResumeProblem> Problems { get; } = [];

    /// <summary>What is left out or shown differently.</summary>
    public List<ResumeProblem> Warnings { get; } = [];

    public void Problem(LocatedJson place, string message) =>
        Problems.Add(source.ProblemAt(place.Offset, place.Path, message));

    public void Warn(LocatedJson place, string message) =>
        Warnings.Add(source.ProblemAt(place.Offset, place.Path, message));

    /// <summary>Says once for each kind of place that a field is not shown.</summary>
    public void WarnUnknown(LocatedJson place)
    {
        if (unknownFields.Add(Index().Replace(place.Path, "[]")))
        {
            Warn(place, "is not a field of JSON Resume; left out");
        }
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.NonBacktracking)]
    private static partial Regex Index();
}
