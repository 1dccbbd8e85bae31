namespace Footfall.Site;

/// <summary>The paper that people print on.</summary>
internal static class Paper
{
    /// <summary>Where Letter is usual (CLDR 48, territoryInfo, measurementData: paperSize US-Letter).</summary>
    private static readonly HashSet<string> LetterCountries = new(StringComparer.OrdinalIgnoreCase)
    {
        "BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE",
    };

    /// <param name="countryCode">ISO 3166-1 alpha-2; null where it is not known.</param>
    /// <returns>CSS's name of the size.</returns>
    public static string For(string? countryCode) => LetterCountries.Contains(countryCode ?? "") ? "letter" : "A4";
}
