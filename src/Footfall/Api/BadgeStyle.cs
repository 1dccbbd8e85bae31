namespace Footfall.Api;

/// <summary>How a badge is drawn; the names are those of shields.io.</summary>
internal enum BadgeStyle
{
    /// <summary>Rounded, 20 pixels high.</summary>
    Flat,

    /// <summary>Square corners, 20 pixels high.</summary>
    FlatSquare,

    /// <summary>Capitals, square corners, 28 pixels high.</summary>
    ForTheBadge,
}
