namespace Footfall.Cli.Reporting;

/// <summary>When the owner is told something.</summary>
internal enum ReportTime
{
    /// <summary>Each day, of the day before.</summary>
    Daily,

    /// <summary>Each Monday, of the seven days before.</summary>
    Weekly,

    /// <summary>When a link has been opened for the first time.</summary>
    AtFirstOpening,
}
