using System.Globalization;

namespace Footfall.Api;

/// <summary>A colour of a badge: sRGB without transparency.</summary>
internal readonly record struct BadgeColor
{
    /// <summary>What a colour is written as.</summary>
    public const string Expected =
        "a colour: three or six hexadecimal digits, with or without #, or one of brightgreen, green, yellowgreen, yellow, "
        + "orange, red, blue, lightgrey, grey, black";

    private readonly int rgb;

    private BadgeColor(int rgb) => this.rgb = rgb;

    /// <summary>What can be read on it: white or nearly black, by which of the two has the higher contrast.</summary>
    /// <remarks>Relative luminance by WCAG 2.2; the contrasts with white and with #111 are equal at about 0.19.</remarks>
    public string Text
    {
        get
        {
            var luminance = (0.2126 * Linear(16)) + (0.7152 * Linear(8)) + (0.0722 * Linear(0));
            return luminance > 0.19 ? "#111" : "#fff";
        }
    }

    /// <exception cref="FormatException">It is not <see cref="Expected"/>.</exception>
    public static BadgeColor Parse(string text) => new(Named(text) ?? Hexadecimal(text.StartsWith('#') ? text[1..] : text));

    /// <summary>As SVG writes it: <c>#005cc5</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{rgb:x6}");

    private static int? Named(string name) => name switch
    {
        "brightgreen" => 0x44CC11,
        "green" => 0x97CA00,
        "yellowgreen" => 0xA4A61D,
        "yellow" => 0xDFB317,
        "orange" => 0xFE7D37,
        "red" => 0xE05D44,
        "blue" => 0x005CC5,
        "lightgrey" or "lightgray" => 0x9F9F9F,
        "grey" or "gray" => 0x444444,
        "black" => 0x000000,
        _ => null,
    };

    private static int Hexadecimal(string digits)
    {
        if (digits.Length is not (3 or 6) || !digits.All(char.IsAsciiHexDigit))
        {
            throw new FormatException($"'{digits}' is not {Expected}.");
        }

        var all = digits.Length == 6 ? digits : string.Concat(digits.SelectMany(digit => new[] { digit, digit }));
        return int.Parse(all, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private double Linear(int shift)
    {
        var channel = ((rgb >> shift) & 0xFF) / 255d;
        return channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);
    }
}
