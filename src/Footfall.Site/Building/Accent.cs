using System.Globalization;

namespace Footfall.Site;

/// <summary>The colour of headings, marks and signs: one on the light ground and on paper, one on the dark.</summary>
/// <param name="Light">As CSS writes it: <c>#0d5245</c>.</param>
/// <param name="Dark">The same for the dark ground.</param>
public sealed record Accent(string Light, string Dark)
{
    /// <summary>What WCAG 2.2 asks of text (success criterion 1.4.3).</summary>
    public const double LeastContrast = 4.5;

    /// <summary>What a colour that is made here reaches (success criterion 1.4.6).</summary>
    private const double GoodContrast = 7;

    /// <summary>The grounds of site.css.</summary>
    private const string LightGround = "#fcfcfa";
    private const string DarkGround = "#131716";

    public static Accent Default { get; } = new("#0d5245", "#86d3bf");

    /// <param name="light">Such as <c>#7a1f5c</c>.</param>
    /// <param name="dark">The one for the dark ground; null makes it of the other, lighter.</param>
    /// <returns>The accent; or what is wrong with it.</returns>
    public static (Accent? Accent, string? Complaint) Of(string light, string? dark)
    {
        foreach (var (color, ground, name) in new[] { (light, LightGround, "light"), (dark, DarkGround, "dark") })
        {
            if (color is null)
            {
                continue;
            }

            if (Parse(color) is not { } rgb)
            {
                return (null, $"expected a colour such as #0d5245, found \"{color}\"");
            }

            var contrast = Contrast(rgb, Parse(ground)!.Value);
            if (contrast < LeastContrast)
            {
                return (null, string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected a contrast of at least {LeastContrast} to the {name} ground {ground}, found {Math.Floor(contrast * 100) / 100:0.00} of {color}"));
            }
        }

        return (new(light, dark ?? Lightened(light)), null);
    }

    /// <summary>The rules that put it in the place of the usual one; none where it is that.</summary>
    public string Rules => this == Default ? "" : $$"""

        :root {
          --accent: {{Light}};
        }

        @media screen and (prefers-color-scheme: dark) {
          :root {
            --accent: {{Dark}};
          }
        }

        @media print {
          :root {
            --accent: {{Light}};
          }
        }

        """.ReplaceLineEndings("\n");

    private static string Lightened(string color)
    {
        var (red, green, blue) = Parse(color)!.Value;
        var ground = Parse(DarkGround)!.Value;
        for (var percent = 0; percent < 100; percent += 5)
        {
            (int Red, int Green, int Blue) lighter = (Mixed(red, percent), Mixed(green, percent), Mixed(blue, percent));
            if (Contrast(lighter, ground) >= GoodContrast)
            {
                return string.Create(CultureInfo.InvariantCulture, $"#{lighter.Red:x2}{lighter.Green:x2}{lighter.Blue:x2}");
            }
        }

        return "#ffffff";
    }

    private static int Mixed(int channel, int percent) => channel + ((255 - channel) * percent / 100);

    private static (int Red, int Green, int Blue)? Parse(string color)
    {
        var digits = color is ['#', _, _, _] ? $"{color[1]}{color[1]}{color[2]}{color[2]}{color[3]}{color[3]}" : color.TrimStart('#');
        return color is ['#', ..] && digits.Length == 6
            && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                ? (value >> 16, (value >> 8) & 0xFF, value & 0xFF)
                : null;
    }

    /// <summary>WCAG 2.2's contrast ratio.</summary>
    private static double Contrast((int Red, int Green, int Blue) one, (int Red, int Green, int Blue) other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance((int Red, int Green, int Blue) color) =>
        (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue));

    private static double Linear(int channel)
    {
        var value = channel / 255d;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
