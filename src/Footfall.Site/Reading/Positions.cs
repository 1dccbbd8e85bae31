using System.Text.Json;

namespace Footfall.Site;

/// <summary>Makes entries of their own of the positions that a file lists inside of one employer.</summary>
internal static class Positions
{
    private static readonly string[] Lists = ["positions", "roles", "jobs", "titles"];

    /// <summary>What belongs to the employer, and so to each of its positions; the rest stays with the first.</summary>
    private static readonly string[] OfEmployer = ["name", "company", "employer", "organization", "url", "website", "location", "description"];

    private static readonly string[] OfSpan = ["startdate", "enddate", "start", "end", "from", "to", "date", "dates", "period"];

    /// <param name="work">The list of work.</param>
    /// <param name="log">Is told of each employer that was taken apart.</param>
    public static void TakeApart(LocatedJson work, ReadingLog log)
    {
        for (var i = work.Items.Count - 1; i >= 0; i--)
        {
            var employer = work.Items[i];
            if (ListOf(employer) is not (var name, { } positions))
            {
                continue;
            }

            log.Warn(positions, $"expected an entry for each position, found {positions.Items.Count} in one; shown below each other at one employer");
            work.Items.RemoveAt(i);
            work.Items.InsertRange(i, positions.Items.Select((position, index) => Entry(employer, name, position, isFirst: index == 0)));
        }
    }

    private static (string Name, LocatedJson List)? ListOf(LocatedJson employer)
    {
        foreach (var (name, value) in employer.Members)
        {
            if (Lists.Contains(FieldNames.Normalize(name)) && value.Items.Count > 0 && value.Items.TrueForAll(item => item.Kind == JsonTokenType.StartObject))
            {
                return (name, value);
            }
        }

        return null;
    }

    private static LocatedJson Entry(LocatedJson employer, string list, LocatedJson position, bool isFirst)
    {
        var entry = new LocatedJson(JsonTokenType.StartObject, position.Offset, position.Path);
        foreach (var (name, value) in position.Members)
        {
            // A position's own name is what it is called; the employer has the other one.
            entry.Members[FieldNames.Normalize(name) == "name" ? "position" : name] = value;
        }

        var isDated = position.Members.Keys.Any(name => OfSpan.Contains(FieldNames.Normalize(name)));
        foreach (var (name, value) in employer.Members)
        {
            var normal = FieldNames.Normalize(name);
            var isSpan = OfSpan.Contains(normal);
            if (name != list && (OfEmployer.Contains(normal) || (isSpan && !isDated) || (isFirst && !isSpan)))
            {
                var isSaidTwice = !entry.Members.TryAdd(name, value);
                if (isSaidTwice && isFirst && !entry.Members[name].SaysTheSame(value))
                {
                    // The employer's own position over all of them, its own highlights beside those of the first.
                    _ = entry.Members.TryAdd($"overall {name}", value);
                }
            }
        }

        return entry;
    }
}
