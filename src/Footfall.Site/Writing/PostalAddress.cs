namespace Footfall.Site;

/// <summary>
/// Writes an address on one line as its country does. The forms are those of the postal services, as Google's
/// address data (https://chromium-i18n.appspot.com/ssl-address) gives them.
/// </summary>
public static class PostalAddress
{
    private const string CodeFirst = "{address}, {code} {city}, {region}";
    private const string CodeFirstRegionBehind = "{address}, {code} {city} {region}";
    private const string CodeLast = "{address}, {city}, {region}, {code}";
    private const string RegionAndCode = "{address}, {city}, {region} {code}";
    private const string CodeAfterCity = "{address}, {city} {code}, {region}";

    /// <returns>The parts that there are, with the country's code at the end.</returns>
    public static string Write(Location place)
    {
        var country = place.CountryCode is { Length: 2 } code ? code.ToUpperInvariant() : place.CountryCode ?? "";
        var form = (IsEastAsian(place) ? EastAsianForm(country) : null) ?? Form(country);
        if (form == RegionAndCode && place.Region is null)
        {
            form = CodeAfterCity;
        }

        var line = form
            .Replace("{address}", Line(place.Address), StringComparison.Ordinal)
            .Replace("{code}", place.PostalCode, StringComparison.Ordinal)
            .Replace("{city}", Line(place.City), StringComparison.Ordinal)
            .Replace("{region}", place.Region, StringComparison.Ordinal);
        return string.Join(", ", line.Split(", ").Append(country).Select(part => part.Trim()).Where(part => part.Length > 0));
    }

    /// <summary>What may stand on lines of its own in the file, on one.</summary>
    private static string? Line(string? address) =>
        address is null ? null : string.Join(", ", address.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string Form(string country) => country.ToUpperInvariant() switch
    {
        "US" or "USA" or "UNITED STATES" or "PR" or "CA" or "CANADA" or "AU" or "AUSTRALIA" or "GB" or "UK" or "UNITED KINGDOM"
            or "IE" or "ZA" or "ID" or "TH" or "VN" or "EG" or "KE" or "JP" or "JAPAN" or "TW" or "UNITED STATES OF AMERICA" or "U.S." or "U.S.A."
            or "ENGLAND" or "SCOTLAND" or "WALES" or "IRELAND" => RegionAndCode,
        "NZ" or "SG" or "IL" or "SA" or "NG" or "LK" or "NP" or "JO" or "LB" or "IN" or "INDIA" or "PK" or "BD" => CodeAfterCity,
        "UA" or "RU" or "BY" or "KZ" or "CO" or "BR" or "BRAZIL" or "BRASIL" or "CN" or "CHINA" or "KR" => CodeLast,
        "IT" => CodeFirstRegionBehind,
        _ => CodeFirst,
    };

    /// <summary>From the largest to the smallest, as these are written in their own scripts.</summary>
    private static string? EastAsianForm(string country) => country.ToUpperInvariant() switch
    {
        "JP" or "TW" => "{code} {region}{city}{address}",
        "CN" or "HK" => "{region}{city}{address} {code}",
        "KR" => "{code} {region} {city} {address}",
        _ => null,
    };

    private static bool IsEastAsian(Location place) =>
        (place.City ?? place.Region ?? place.Address ?? "").Any(letter => letter >= '\u2E80');
}
