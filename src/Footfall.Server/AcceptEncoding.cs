using System.Globalization;

namespace Footfall.Server;

/// <summary>The field <c>Accept-Encoding</c> (RFC 9110, section 12.5.3).</summary>
internal static class AcceptEncoding
{
    /// <summary>Whether a client that sent <paramref name="field"/> takes <paramref name="coding"/>.</summary>
    public static bool Takes(string? field, string coding)
    {
        var takesAny = false;
        foreach (var part in (field ?? "").Split(','))
        {
            var (name, weight) = Parse(part);
            if (name.Equals(coding, StringComparison.OrdinalIgnoreCase))
            {
                return weight > 0;
            }

            takesAny |= name == "*" && weight > 0;
        }

        return takesAny;
    }

    private static (string Name, double Weight) Parse(string part)
    {
        var pieces = part.Split(';', 2, StringSplitOptions.TrimEntries);
        var isWeighted = pieces.Length == 2 && pieces[1].StartsWith("q=", StringComparison.OrdinalIgnoreCase);
        return isWeighted && double.TryParse(
            pieces[1].AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            ? (pieces[0], weight)
            : (pieces[0], 1);
    }
}
