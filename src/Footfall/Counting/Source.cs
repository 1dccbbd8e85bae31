using System.Buffers;

namespace Footfall.Counting;

/// <summary>
/// Where a visit came from: a link of the owner's, a named site of a bounded list, <see cref="Direct"/>, or
/// <see cref="Other"/>. Never the host of a site that is not on the list.
/// </summary>
public readonly record struct Source
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 40;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    // RFC 1035, section 2.3.4: of what is longer nothing is known.
    private const int MaxHostLength = 253;

    private const string DirectName = "direct";

    // Null for direct, so that the default is equal to it.
    private readonly string? name;

    private Source(string name) => this.name = name == DirectName ? null : name;

    /// <summary>A link that the owner gave out.</summary>
    public static Source Link { get; } = new("link");

    /// <summary>No page before it, or a page of the same site, or none that said so: typed, from a document, from most apps.</summary>
    public static Source Direct => default;

    /// <summary>A site that is not on the list.</summary>
    public static Source Other { get; } = new("other");

    /// <summary>
    /// Of visits that were counted before sources were, or elsewhere. Never recorded: what is left when all others are
    /// taken away.
    /// </summary>
    public static Source Unknown { get; } = new("unknown");

    /// <summary>Short and stable, as it is stored: <c>linkedin</c>.</summary>
    public string Name => name ?? DirectName;

    /// <summary>Whether there may be a source of this name: in a file or a store that a newer program wrote, too.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <exception cref="FormatException">There is no source of this name; see <see cref="IsName"/>.</exception>
    public static Source Named(string name) =>
        IsName(name) ? new Source(name) : throw new FormatException("A source's name is 1 to 40 of a-z 0-9 - .");

    /// <summary>The source of a page that was opened from another one.</summary>
    /// <param name="referrer">
    /// The other page's host, with or without a port, or its whole address (<c>android-app://</c> for an app); null or
    /// empty when there is none. Whatever it is, the answer is one of a bounded list.
    /// </param>
    public static Source OfReferrer(string? referrer)
    {
        if (string.IsNullOrEmpty(referrer))
        {
            return Direct;
        }

        Span<char> host = stackalloc char[MaxHostLength];
        var length = HostOf(referrer).ToLowerInvariant(host);
        return length > 0 && KnownSites.Find(host[..length]) is { } site ? new Source(site) : Other;
    }

    // A name in the DNS may end with a dot.
    private static ReadOnlySpan<char> HostOf(ReadOnlySpan<char> referrer)
    {
        var scheme = referrer.IndexOf("://");
        var host = scheme < 0 ? referrer : referrer[(scheme + 3)..];
        var end = host.IndexOfAny(":/?#");
        return (end < 0 ? host : host[..end]).TrimEnd('.');
    }

    public override string ToString() => Name;
}
