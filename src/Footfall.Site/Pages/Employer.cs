namespace Footfall.Site.Pages;

/// <summary>One employer, and the positions there that follow each other in the file.</summary>
/// <param name="Positions">At least one, in the file's order.</param>
internal sealed record Employer(IReadOnlyList<Work> Positions)
{
    private const int MonthsInYear = 12;

    /// <summary>In months: between two contracts, not between two times of one's life.</summary>
    private const int LongestBreak = 6;

    public string? Name => Positions[0].Name;

    /// <summary>The address that one of the positions gives; they never give different ones.</summary>
    public Uri? Url => Positions.FirstOrDefault(position => position.Url is not null)?.Url;

    /// <summary>Where all of the positions are; null where they differ.</summary>
    public string? Location => Same(position => position.Location);

    /// <summary>What all of the positions say about the employer; null where they differ.</summary>
    public string? Description => Same(position => position.Description);

    /// <summary>The earliest start; null where the whole span is not known.</summary>
    public ResumeDate? From => HasSpan
        ? Positions.Select(position => position.StartDate!).MinBy(date => date.Machine, StringComparer.Ordinal)
        : null;

    /// <summary>The latest end; null where a position goes on, or where the whole span is not known.</summary>
    public ResumeDate? To => HasSpan && Positions.All(position => position.EndDate is not null)
        ? Positions.Select(position => position.EndDate!).MaxBy(date => date.Machine, StringComparer.Ordinal)
        : null;

    /// <summary>A date of mere words can't be compared; who was away in between was not there for the whole span.</summary>
    private bool HasSpan => Positions.All(position =>
        position is { StartDate.Machine: not null } and ({ EndDate: null } or { EndDate.Machine: not null })) && !HasGap;

    private bool HasGap
    {
        get
        {
            var inOrder = Positions.OrderBy(position => MonthOf(position.StartDate!, orElse: 1)).ToList();
            var end = int.MinValue;
            foreach (var position in inOrder)
            {
                if (end > int.MinValue && MonthOf(position.StartDate!, orElse: 1) - end > LongestBreak)
                {
                    return true;
                }

                end = Math.Max(end, position.EndDate is { } last ? MonthOf(last, orElse: MonthsInYear) : int.MaxValue);
            }

            return false;
        }
    }

    /// <summary>All the work, in its order; of one name and address in a row, one employer.</summary>
    public static IEnumerable<Employer> Group(IReadOnlyList<Work> work)
    {
        for (var start = 0; start < work.Count;)
        {
            var end = start + 1;
            while (end < work.Count && work.Skip(start).Take(end - start).All(one => IsSame(one, work[end])))
            {
                end++;
            }

            yield return new(work.Skip(start).Take(end - start).ToList());
            start = end;
        }
    }

    private static bool IsSame(Work one, Work other) =>
        one.Name is not null && other.Name is not null && LettersOf(one.Name) == LettersOf(other.Name)
        && (one.Url is null || other.Url is null || PlaceOf(one.Url) == PlaceOf(other.Url))
        && one.Position is not null && other.Position is not null;

    /// <summary>"Acme, Inc." and "ACME Inc" are one name; one of signs alone is itself.</summary>
    private static string LettersOf(string name) =>
        string.Concat(FoldedText.Of(name).Where(char.IsLetterOrDigit)) is { Length: > 0 } letters ? letters : name;

    /// <summary>An address without what two spellings of one differ in.</summary>
    private static string PlaceOf(Uri url)
    {
        var host = url.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? url.Host[4..] : url.Host;
        return $"{host}{url.PathAndQuery.TrimEnd('/')}";
    }

    private static int MonthOf(ResumeDate date, int orElse) => (date.Year!.Value * MonthsInYear) + (date.Month ?? orElse);

    private string? Same(Func<Work, string?> field) =>
        Positions.Select(field).Distinct().ToList() is [{ } same] ? same : null;
}
