using System.Globalization;
using System.Text;

namespace Footfall.Api;

/// <summary>The measures of a badge's style, in pixels.</summary>
internal sealed record BadgeLook
{
    private static readonly BadgeLook Flat = new()
    {
        Height = 20,
        Padding = 6,
        FontSize = 11,
        Baseline = 14,
        Radius = 3,
    };

    private static readonly BadgeLook FlatSquare = Flat with { Radius = 0 };

    private static readonly BadgeLook ForTheBadge = new()
    {
        Height = 28,
        Padding = 10,
        FontSize = 10,
        Baseline = 18,
        IsCapital = true,
        LetterSpacing = 1.25,
        TextAttributes = " font-weight=\"bold\"",
    };

    public required int Height { get; init; }

    public required int Padding { get; init; }

    public required int FontSize { get; init; }

    /// <summary>Where the letters stand, from above.</summary>
    public required int Baseline { get; init; }

    /// <summary>More attributes of the texts, with a space before each.</summary>
    public string TextAttributes { get; private init; } = "";

    public string Corners => Radius == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" rx=\"{Radius}\"");

    private int Radius { get; init; }

    private bool IsCapital { get; init; }

    private double LetterSpacing { get; init; }

    public static BadgeLook Of(BadgeStyle style) => style switch
    {
        BadgeStyle.Flat => Flat,
        BadgeStyle.FlatSquare => FlatSquare,
        BadgeStyle.ForTheBadge => ForTheBadge,
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, "No such style."),
    };

    /// <summary>The text as it is drawn.</summary>
    public string Set(string text) => IsCapital ? text.ToUpperInvariant() : text;

    /// <summary>
    /// The width to give a text: Verdana at 11 pixels by classes of letters. The picture states it
    /// (<c>textLength</c>), so whatever font draws the text, it fits.
    /// </summary>
    public int WidthOf(string text) =>
        (int)Math.Ceiling(Set(text).EnumerateRunes().Sum(rune => (WidthAt11(rune) * FontSize / 11) + LetterSpacing));

    /// <summary>The path of the label's part, <paramref name="width"/> wide.</summary>
    public string LeftPart(int width) => Radius == 0
        ? string.Create(CultureInfo.InvariantCulture, $"M0 0h{width}v{Height}H0z")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"M{Radius} 0h{width - Radius}v{Height}H{Radius}a{Radius} {Radius} 0 0 1-{Radius}-{Radius}V{Radius}a{Radius} {Radius} 0 0 1 {Radius}-{Radius}z");

    private static double WidthAt11(Rune rune) => rune.Value switch
    {
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or ' ' or '!' => 4,
        'f' or 't' or 'r' or '(' or ')' or '-' or '/' => 5,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 10.5,
        >= 'A' and <= 'Z' => 8,
        <= 0x24F => 7,
        _ => 12,
    };
}
