using System.Text.Json;

namespace Footfall.Site;

/// <summary>Finds the résumé where a file holds it in something else: a list, an envelope, an object with one for each language.</summary>
internal static class Unwrapping
{
    private const int DeepestEnvelope = 3;

    /// <param name="root">The file's root.</param>
    /// <param name="wanted">The page's language as far as it is known without the file's content; null where it is not.</param>
    /// <param name="log">Is told what was taken.</param>
    public static LocatedJson Of(LocatedJson root, Language? wanted, ReadingLog log)
    {
        for (var depth = 0; depth < DeepestEnvelope && !IsResume(root); depth++)
        {
            if (Inside(root, wanted) is not { } inside)
            {
                break;
            }

            log.Warn(inside, $"expected basics, work, ... at the top of the file, found {root.Description} around them; read from {inside.Path}");
            root = inside;
        }

        return root;
    }

    private static LocatedJson? Inside(LocatedJson root, Language? wanted)
    {
        if (root.Kind == JsonTokenType.StartArray)
        {
            return root.Items.Find(HoldsResume);
        }

        if (Translations.IsOf(root) && root.Members.Values.All(HoldsResume))
        {
            var (tag, inside) = Translations.Choose(root, wanted?.Tag ?? "");
            _ = inside.Members.TryAdd("language", new(JsonTokenType.String, inside.Offset, inside.Path) { Text = tag });
            return inside;
        }

        return root.Members.Values.Where(HoldsResume).ToList() is [var only] ? only : null;
    }

    private static bool HoldsResume(LocatedJson value) => IsResume(value) || value.Members.Values.Any(IsResume);

    private static bool IsResume(LocatedJson value) => value.Members.ContainsKey("basics") || value.Members.ContainsKey("work");
}
