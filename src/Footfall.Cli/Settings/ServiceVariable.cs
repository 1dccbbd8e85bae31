using System.Text.RegularExpressions;

namespace Footfall.Cli.Settings;

/// <summary>
/// The variables that Kubernetes, and Docker for linked containers, set for each service in the neighbourhood
/// (https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables). For one that is called
/// footfall, or footfall-page, they begin as settings do.
/// </summary>
internal static partial class ServiceVariable
{
    public static bool Is(string name, string value) =>
        Names().IsMatch(name) || (name.EndsWith("_PORT", StringComparison.Ordinal) && Address().IsMatch(value));

    [GeneratedRegex(
        "^FOOTFALL_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Names();

    [GeneratedRegex("^(tcp|udp|sctp)://", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
