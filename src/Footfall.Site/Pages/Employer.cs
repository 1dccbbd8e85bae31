namespace Footfall.Site.Pages;

/// <summary>One employer, and the positions there that follow each other in the file.</summary>
/// <param name="Positions">At least one, in the file's order.</param>
internal sealed record Employer(IReadOnlyList<Work> Positions)
{
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

    /// <summary>A date of mere words can't be compared.</summary>
    private bool HasSpan => Positions.All(position =>
        position is { StartDate.Machine: not null } and ({ EndDate: null } or { EndDate.Machine: not null }));

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
        one.Name is not null && one.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase)
        && (one.Url is null || other.Url is null || one.Url == other.Url)
        && one.Position is not null && other.Position is not null;

    private string? Same(Func<Work, string?> field) =>
        Positions.Select(field).Distinct().ToList() is [{ } same] ? same : null;
}
