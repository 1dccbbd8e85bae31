using System.Globalization;
using System.Text;

namespace Footfall.Site;

/// <summary>
/// The page's own typeface, Literata, in a regular and a semibold weight: a subset for each script, of which a browser
/// fetches what the page's text needs. Made by <c>script/refresh-typeface</c>.
/// </summary>
internal sealed class Typeface
{
    private static readonly int[] Weights = [400, 600];

    private readonly List<Subset> subsets;

    public Typeface()
    {
        var lines = Encoding.UTF8.GetString(Assets.Embedded("subsets.txt"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        subsets = [.. lines.Select(Subset.Parse)];
        Licence = new("assets/literata-licence.txt", "text/plain; charset=utf-8", CacheControl.Revalidated, Assets.Embedded("OFL.txt"));
    }

    /// <summary>The SIL Open Font License, which goes where the fonts go.</summary>
    public SiteFile Licence { get; }

    /// <summary>The paths of what nearly every page needs, in the order of its need.</summary>
    public IEnumerable<string> Preloaded => subsets[0].Fonts.Select(font => font.Path);

    /// <summary>
    /// The <c>@font-face</c> rules: the subsets, and the usual fonts at Literata's widths and heights, so that nothing
    /// moves when it takes their place.
    /// </summary>
    public string Rules => string.Concat(subsets.Select(subset => subset.Rules)) + $$"""
        @font-face {
          font-family: "Literata Georgia";
          src: local("Georgia"), local("Gelasio");
          size-adjust: 107.67%;
          ascent-override: 109.31%;
          descent-override: 28.61%;
          line-gap-override: 0%;
          unicode-range: {{subsets[0].UnicodeRange}};
        }

        @font-face {
          font-family: "Literata Times";
          src: local("Times New Roman"), local("Liberation Serif"), local("Tinos");
          size-adjust: 118.15%;
          ascent-override: 99.62%;
          descent-override: 26.07%;
          line-gap-override: 0%;
          unicode-range: {{subsets[0].UnicodeRange}};
        }


        """.ReplaceLineEndings("\n");

    /// <summary>The fonts that have a character of this text, and the licence.</summary>
    public IEnumerable<SiteFile> FilesFor(string text)
    {
        var used = new HashSet<int>(text.EnumerateRunes().Select(rune => rune.Value));
        return [.. subsets.Where(subset => used.Any(subset.Has)).SelectMany(subset => subset.Fonts), Licence];
    }

    /// <param name="Ranges">First and last of each range of code points.</param>
    private sealed record Subset(string UnicodeRange, IReadOnlyList<(int First, int Last)> Ranges, IReadOnlyList<SiteFile> Fonts)
    {
        public string Rules => string.Concat(Weights.Zip(Fonts).Select(weighted => $$"""
            @font-face {
              font-family: Literata;
              font-weight: {{weighted.First}};
              font-display: swap;
              src: url({{Path.GetFileName(weighted.Second.Path)}}) format("woff2");
              unicode-range: {{UnicodeRange}};
            }


            """.ReplaceLineEndings("\n")));

        /// <param name="line">Such as <c>latin 20-7E A0-FF 131</c>.</param>
        public static Subset Parse(string line)
        {
            var words = line.Split(' ');
            return new(
                string.Join(", ", words[1..].Select(range => "U+" + range)),
                [.. words[1..].Select(ParseRange)],
                [.. Weights.Select(weight => Font($"literata-{words[0]}-{weight.ToString(CultureInfo.InvariantCulture)}"))]);
        }

        public bool Has(int codePoint) => Ranges.Any(range => codePoint >= range.First && codePoint <= range.Last);

        private static SiteFile Font(string name) =>
            Assets.Fingerprinted(name, "woff2", "font/woff2", Assets.Embedded(name + ".woff2"));

        private static (int First, int Last) ParseRange(string range)
        {
            var ends = range.Split('-');
            return (CodePoint(ends[0]), CodePoint(ends[^1]));
        }

        private static int CodePoint(string hex) => int.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
