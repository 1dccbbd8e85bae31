using Footfall.Cli.Commands;

namespace Footfall.Cli.Reporting;

/// <summary>Finds the way that an address means.</summary>
internal static class ReportChannels
{
    /// <exception cref="CommandException">The password's file cannot be read.</exception>
    public static IReportChannel Open(ReportSettings settings, TimeProvider clock) =>
        settings.To.Scheme is "smtp" or "smtps"
            ? Mail.Open(settings, clock)
            : new Webhook(settings, clock);
}
