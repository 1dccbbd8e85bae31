using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>What one reading of a résumé has found so far.</summary>
internal sealed partial class ReadingLog(JsonSource source)
{
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <summary>The language that the résumé is read in.</summary>
    public Language Language { get; set; } = Language.English;

    /// <summary>What makes the résumé unreadable.</summary>
    public List<ResumeProblem> Problems { get; } = [];

    /// <summary>What is left out or shown differently.</summary>
    public List<ResumeProblem> Warnings { get; } = [];

    public void Problem(LocatedJson place, string message) =>
        Problems.Add(source.ProblemAt(place.Offset, place.Path, message));

    public void Warn(LocatedJson place, string message) =>
        Warnings.Add(source.ProblemAt(place.Offset, place.Path, message));

    /// <summary>Says it once for each kind of place: of all <c>work[].pinned</c>, the first.</summary>
    public void WarnUnknown(LocatedJson place, string message)
    {
        if (told.Add(Index().Replace(place.Path, "[]") + message))
        {
            Warn(place, message);
        }
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
