using System.Text;

namespace Footfall.Site;

/// <summary>The signs of known networks, each a path on 24 by 24. Made by <c>script/refresh-typeface</c>.</summary>
internal static class NetworkIcons
{
    private static readonly Dictionary<string, string> Paths = Encoding.UTF8.GetString(Assets.Embedded("icons.txt"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', 2))
        .ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal);

    /// <param name="network">As people write it: <c>GitHub</c>, <c>Stack Overflow</c>.</param>
    /// <returns>The path's data; null for what is not known.</returns>
    public static string? Find(string? network)
    {
        var key = string.Concat((network ?? "").Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Paths.GetValueOrDefault(key == "twitter" ? "x" : key);
    }
}
