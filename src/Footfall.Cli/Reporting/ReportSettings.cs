namespace Footfall.Cli.Reporting;

/// <summary>What the owner is told of, and where.</summary>
/// <param name="To">The address of a webhook, or of mail; a secret.</param>
/// <param name="PasswordFile">Holds the password for the mail; null for none.</param>
internal sealed record ReportSettings(Uri To, IReadOnlyList<ReportTime> Times, string? PasswordFile)
{
    private static readonly Dictionary<string, ReportTime> TimesByName = new(StringComparer.Ordinal)
    {
        ["daily"] = ReportTime.Daily,
        ["weekly"] = ReportTime.Weekly,
        ["at-first-opening"] = ReportTime.AtFirstOpening,
    };

    /// <summary>Where reports go, without the path, query and user, which are the secret of such an address.</summary>
    public string Place => $"{To.Scheme}://{To.Authority}";

    /// <exception cref="FormatException">It is no address for reports; the message does not repeat it.</exception>
    public static Uri ParseTo(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "https" or "http" or "smtp" or "smtps"
        && address.Host.Length > 0
        && (address.UserInfo.Length == 0 || address.Scheme is "smtp" or "smtps")
            ? address
            : throw new FormatException(
                "this is no address that reports can be sent to; one is https://… without a user, or for mail smtp://user@host:587?to=jane@example.com.");

    /// <exception cref="FormatException">There is no such time.</exception>
    public static IReadOnlyList<ReportTime> ParseTimes(IEnumerable<string> names) => [.. names.Select(ParseTime).Distinct()];

    /// <summary>The name that a time is set by.</summary>
    public static string NameOf(ReportTime time) => TimesByName.First(named => named.Value == time).Key;

    private static ReportTime ParseTime(string name) => TimesByName.TryGetValue(name, out var time)
        ? time
        : throw new FormatException($"'{name}' is no time for a report; there are {string.Join(", ", TimesByName.Keys)}.");
}
