using System.Globalization;
using System.Security;
using System.Text;

namespace Footfall.Api;

/// <summary>A count as a small picture for a README: a label on grey, the number on blue, 20 pixels high.</summary>
internal static class Badge
{
    public const string DefaultLabel = "visits";

    /// <summary>The longest label, in UTF-16 code units.</summary>
    public const int MaxLabelLength = 40;

    private const int Height = 20;
    private const int Padding = 6;

    /// <exception cref="ProblemException">400: the label is too long, or has what cannot be drawn.</exception>
    public static string ParseLabel(string? label)
    {
        var isDrawable = label is null
            || (label.Length <= MaxLabelLength && !string.IsNullOrWhiteSpace(label) && label.EnumerateRunes().All(IsDrawable));
        return isDrawable
            ? label ?? DefaultLabel
            : throw new ProblemException(Problem.Malformed(string.Create(
                CultureInfo.InvariantCulture,
                $"A label is 1 to {MaxLabelLength} characters of visible text.")));
    }

    /// <summary>An SVG 1.1 document that holds no script, no link and no style.</summary>
    public static ReadOnlyMemory<byte> Draw(string label, long count)
    {
        var number = count.ToString("N0", CultureInfo.InvariantCulture);
        var text = SecurityElement.Escape(label);
        var left = WidthOf(label) + (2 * Padding);
        var right = WidthOf(number) + (2 * Padding);
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{Height}" role="img" aria-label="{text}: {number}">
            <title>{text}: {number}</title>
            <rect width="{left + right}" height="{Height}" rx="3" fill="#005cc5"/>
            <path d="M3 0h{left - 3}v{Height}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#444"/>
            <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
            <text x="{left / 2d}" y="14" textLength="{WidthOf(label)}">{text}</text>
            <text x="{left + (right / 2d)}" y="14" textLength="{WidthOf(number)}">{number}</text>
            </g>
            </svg>

            """));
    }

    // Controls and formatting characters are invisible, or turn the text around; U+FFFD stands for what was no text.
    private static bool IsDrawable(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    /// <summary>
    /// The width in pixels to give a text: Verdana at 11 pixels by classes of letters. The picture states it
    /// (<c>textLength</c>), so whatever font draws the text, it fits.
    /// </summary>
    private static int WidthOf(string text) => (int)Math.Ceiling(text.EnumerateRunes().Sum(WidthOf));

    private static double WidthOf(Rune rune) => rune.Value switch
    {
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or ' ' or '!' => 4,
        'f' or 't' or 'r' or '(' or ')' or '-' or '/' => 5,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 10.5,
        >= 'A' and <= 'Z' => 8,
        <= 0x24F => 7,
        _ => 12,
    };
}
