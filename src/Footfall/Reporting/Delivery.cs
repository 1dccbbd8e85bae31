namespace Footfall.Reporting;

/// <summary>What became of something that was to be told.</summary>
public enum Delivery
{
    /// <summary>It arrived.</summary>
    Taken,

    /// <summary>It was refused, and has not arrived.</summary>
    Refused,

    /// <summary>Whether it arrived is not known.</summary>
    Unknown,
}
