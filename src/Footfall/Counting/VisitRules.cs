namespace Footfall.Counting;

/// <summary>The numbers of the counting rules that an owner may choose.</summary>
public sealed record VisitRules
{
    public static readonly TimeSpan DefaultVisitWindow = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan MinVisitWindow = TimeSpan.FromSeconds(1);

    /// <summary>A day: beyond it a claim's salt may be gone.</summary>
    public static readonly TimeSpan MaxVisitWindow = TimeSpan.FromDays(1);

    public const int DefaultAddressLimit = 20;
    public const int MaxAddressLimit = 1_000_000_000;
    public const int MaxNetworkLimit = 1_000_000_000;

    /// <summary>How many times the address's limit a network may bring, unless it is said.</summary>
    public const int DefaultAddressesPerNetwork = 16;

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

    /// <summary>
    /// How many distinct visitors one network may bring to one counter in a UTC day: 1 to 10⁹; by default
    /// <see cref="DefaultAddressesPerNetwork"/> times <see cref="AddressLimit"/>. A network is the /48 of an IPv6
    /// address: its holder can choose among 65,536 addresses, as the address limit understands one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less or more.</exception>
    public int NetworkLimit
    {
        get => networkLimit ?? (int)Math.Min((long)AddressLimit * DefaultAddressesPerNetwork, MaxNetworkLimit);
        init => networkLimit = value is >= 1 and <= MaxNetworkLimit
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The network limit is 1 to 1,000,000,000.");
    }

    private readonly int? networkLimit;
}
