namespace Footfall.Reporting;

/// <summary>How much time a report covers.</summary>
public enum ReportSpan
{
    /// <summary>One UTC day.</summary>
    Day,

    /// <summary>Seven UTC days.</summary>
    Week,

    /// <summary>A calendar month of UTC days.</summary>
    Month,
}
