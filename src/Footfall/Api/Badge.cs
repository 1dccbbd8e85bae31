using System.Globalization;
using System.Security;
using System.Text;

namespace Footfall.Api;

/// <summary>
/// A count as a small picture for a README: a label on one colour, the number on another. The parameters are named as
/// those of shields.io, and so are the styles and colours.
/// </summary>
/// <param name="Label">What stands left of the number.</param>
/// <param name="Style">How it is drawn.</param>
/// <param name="LabelColor">Behind the label.</param>
/// <param name="Color">Behind the number.</param>
internal sealed record Badge(string Label, BadgeStyle Style, BadgeColor LabelColor, BadgeColor Color)
{
    public const string DefaultLabel = "visits";

    /// <summary>The longest label, in UTF-16 code units.</summary>
    public const int MaxLabelLength = 40;

    private static readonly BadgeColor Grey = BadgeColor.Parse("#444");
    private static readonly BadgeColor Blue = BadgeColor.Parse("#005cc5");

    /// <summary>A picture of nothing, where a picture has to be but no number may.</summary>
    public static ReadOnlyMemory<byte> Blank { get; } =
        """<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" role="img" aria-label=""/>"""u8.ToArray();

    /// <exception cref="ProblemException">400: a parameter is not what is expected here.</exception>
    public static Badge Parse(QueryParameters query) => new(
        ParseLabel(query["label"]),
        ParseStyle(query["style"]),
        ParseColor(query["labelColor"], "labelColor") ?? Grey,
        ParseColor(query["color"], "color") ?? Blue);

    /// <summary>An SVG 1.1 document that holds no script, no link and no style.</summary>
    public ReadOnlyMemory<byte> Draw(long count)
    {
        var look = BadgeLook.Of(Style);
        var number = FormatNumber(count);
        var label = SecurityElement.Escape(Label);
        var (drawnLabel, labelWidth) = (SecurityElement.Escape(look.Set(Label)), look.WidthOf(Label));
        var numberWidth = look.WidthOf(number);
        var left = labelWidth + (2 * look.Padding);
        var right = numberWidth + (2 * look.Padding);
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{look.Height}" role="img" aria-label="{label}: {number}">
            <title>{label}: {number}</title>
            <rect width="{left + right}" height="{look.Height}"{look.Corners} fill="{Color}"/>
            <path d="{look.LeftPart(left)}" fill="{LabelColor}"/>
            <g font-family="Verdana,DejaVu Sans,sans-serif" font-size="{look.FontSize}" text-anchor="middle"{look.TextAttributes}>
            <text x="{left / 2d}" y="{look.Baseline}" textLength="{labelWidth}" fill="{LabelColor.Text}">{drawnLabel}</text>
            <text x="{left + (right / 2d)}" y="{look.Baseline}" textLength="{numberWidth}" fill="{Color.Text}">{number}</text>
            </g>
            </svg>

            """));
    }

    /// <summary>The badge as shields.io's endpoint badge reads it, which then draws it by itself.</summary>
    public ReadOnlyMemory<byte> Describe(long count) => Json.Write((Badge: this, count), static (json, state) =>
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion"u8, 1);
        json.WriteString("label"u8, state.Badge.Label);
        json.WriteString("message"u8, FormatNumber(state.count));
        json.WriteString("labelColor"u8, state.Badge.LabelColor.ToString());
        json.WriteString("color"u8, state.Badge.Color.ToString());
        json.WriteString("style"u8, state.Badge.Style.Name());
        json.WriteEndObject();
    });

    private static string FormatNumber(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string ParseLabel(string? label)
    {
        var isDrawable = label is null
            || (label.Length <= MaxLabelLength && !string.IsNullOrWhiteSpace(label) && label.EnumerateRunes().All(IsDrawable));
        return isDrawable
            ? label ?? DefaultLabel
            : throw Malformed(string.Create(
                CultureInfo.InvariantCulture, $"A label is 1 to {MaxLabelLength} characters of visible text."));
    }

    private static BadgeStyle ParseStyle(string? name) =>
        name is null ? BadgeStyle.Flat
        : BadgeStyles.Find(name) ?? throw Malformed($"A badge's \"style\" is one of {string.Join(", ", BadgeStyles.Names)}.");

    private static BadgeColor? ParseColor(string? text, string name)
    {
        try
        {
            return text is null ? null : BadgeColor.Parse(text);
        }
        catch (FormatException)
        {
            throw Malformed($"\"{name}\" is {BadgeColor.Expected}.");
        }
    }

    // Controls and formatting characters are invisible, or turn the text around; U+FFFD stands for what was no text.
    private static bool IsDrawable(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    private static ProblemException Malformed(string expected) => new(Problem.Malformed(expected));
}
