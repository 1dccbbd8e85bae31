namespace Footfall.Counting;

/// <summary>The two numbers of the counting rules that an owner may choose.</summary>
public sealed record VisitRules
{
    public static readonly TimeSpan DefaultVisitWindow = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan MinVisitWindow = TimeSpan.FromSeconds(1);

    /// <summary>A day: beyond it a claim's salt may be gone.</summary>
    public static readonly TimeSpan MaxVisitWindow = TimeSpan.FromDays(1);

    public const int DefaultAddressLimit = 20;
    public const int MaxAddressLimit = 1_000_000_000;

    /// <summary>How long after a counted visit the same visitor is a repeat: one second to one day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Shorter or longer.</exception>
    public TimeSpan VisitWindow
    {
        get;
        init => field = value >= MinVisitWindow && value <= MaxVisitWindow
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The visit window is one second to one day.");
    } = DefaultVisitWindow;

    /// <summary>How many distinct visitors one address may bring to one counter in a UTC day: 1 to 10⁹.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less or more.</exception>
    public int AddressLimit
    {
        get;
        init => field = value is >= 1 and <= MaxAddressLimit
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The address limit is 1 to 1,000,000,000.");
    } = DefaultAddressLimit;
}
