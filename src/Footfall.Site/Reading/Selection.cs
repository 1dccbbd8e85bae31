using System.Text.Json;

namespace Footfall.Site;

/// <summary>
/// Takes out of a file's tree what its owner leaves out: entries and highlights of other variants, and the fields and
/// sections that <c>meta.footfall.leaveOut</c> names. What is taken out here is in no file that is published.
/// </summary>
internal static class Selection
{
    /// <exception cref="ResumeException">Nothing in the file carries the variant's tag.</exception>
    public static void Apply(LocatedJson root, FootfallPreferences preferences, ReadingOptions options, ReadingLog log)
    {
        if (options.Variant is { } variant && !KeepVariant(root, variant))
        {
            log.Problem(root with { Path = "" }, $"expected entries with the tag \"{variant}\" for --variant, found none; "
                + "tag what belongs to it, as in { \"name\": \"Acme\", \"tags\": [\"" + variant + "\"] }");
        }

        IEnumerable<(LocatedJson Place, string Path)> left = options.ForPrint ? preferences.LeaveOut : preferences.LeaveOut.Concat(preferences.PrintOnly);
        foreach (var (place, path) in left)
        {
            if (!Remove(root, path.Split('.')))
            {
                log.Warn(place, $"expected a section or a field such as basics.phone, found \"{path}\", which the file does not have");
            }
        }
    }

    /// <returns>Whether anything carries the tag.</returns>
    private static bool KeepVariant(LocatedJson value, string variant)
    {
        _ = value.Items.RemoveAll(item => Tags(item) is { Count: > 0 } tags && !tags.Contains(variant));
        var isThere = Tags(value).Contains(variant);
        foreach (var inner in value.Items.Concat(value.Members.Values))
        {
            isThere |= KeepVariant(inner, variant);
        }

        return isThere;
    }

    private static HashSet<string> Tags(LocatedJson value) => value.Members.GetValueOrDefault("tags") switch
    {
        { Kind: JsonTokenType.String } one => [one.Text.Trim()],
        { Kind: JsonTokenType.StartArray } list => [.. list.Items.Select(item => item.Text.Trim())],
        _ => [],
    };

    private static bool Remove(LocatedJson value, ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
        {
            return value.Members.Remove(path[0]);
        }

        var isThere = false;
        var rest = path[1..];
        if (value.Members.GetValueOrDefault(path[0]) is { } inner)
        {
            isThere |= Remove(inner, rest);
            foreach (var item in inner.Items)
            {
                isThere |= Remove(item, rest);
            }
        }

        return isThere;
    }
}
