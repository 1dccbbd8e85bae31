using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Footfall.Reporting;

/// <summary>
/// An address that the owner gave out in one place, for one application. Its key stands in the address
/// (<c>https://jane.example.com/?to=k7f3q2xm</c>) and says nothing; its name is the owner's alone. Whoever comes by it is
/// counted for the page and for the link, which is a counter that is not public.
/// </summary>
/// <param name="Key">See <see cref="IsKey"/>.</param>
/// <param name="Name">See <see cref="ParseName"/>.</param>
/// <param name="Created">The UTC day on which it was made.</param>
public sealed record Link(string Key, string Name, DateOnly Created)
{
    /// <summary>The query parameter that carries a key.</summary>
    public const string Parameter = "to";

    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 200;

    /// <summary>What the counters of links begin with, and no counter that is configured does.</summary>
    public const string CounterPrefix = "~to/";

    /// <summary>In characters of five bits each. Nobody finds a link by trying: there are 10^12 keys.</summary>
    private const int KeyLength = 8;

    // No l, o, 0 or 1: a key may have to be read aloud, or typed from paper.
    private const string KeyAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(KeyAlphabet);

    /// <summary>The key of the counter that counts a link.</summary>
    public string Counter => CounterOf(Key);

    /// <inheritdoc cref="Counter"/>
    public static string CounterOf(string key) => CounterPrefix + key;

    /// <summary>Whether a counter's key is such as a link's.</summary>
    public static bool IsCounter(string counter) =>
        counter.StartsWith(CounterPrefix, StringComparison.Ordinal) && IsKey(counter[CounterPrefix.Length..]);

    public static string MakeKey(RandomNumberGenerator random)
    {
        Span<byte> bytes = stackalloc byte[KeyLength];
        random.GetBytes(bytes);
        return string.Create(KeyLength, bytes, static (key, bytes) =>
        {
            for (var i = 0; i < key.Length; i++)
            {
                key[i] = KeyAlphabet[bytes[i] % KeyAlphabet.Length];
            }
        });
    }

    /// <summary>Whether a text may be a link's key: eight of a to z without l and o, and 2 to 9.</summary>
    public static bool IsKey(string text) =>
        text.Length == KeyLength && !text.AsSpan().ContainsAnyExcept(KeyCharacters);

    /// <exception cref="FormatException">The text is no link's key.</exception>
    public static string ParseKey(string text) => IsKey(text)
        ? text
        : throw new FormatException($"'{text}' is no link's key: the eight characters behind ?{Parameter}= of its address.");

    /// <summary>A name without white space around it.</summary>
    /// <exception cref="FormatException">It is empty, too long, or has control characters.</exception>
    public static string ParseName(string text)
    {
        var name = text.Trim();
        return name.Length is > 0 and <= MaxNameLength && !name.EnumerateRunes().Any(Rune.IsControl)
            ? name
            : throw new FormatException($"A link's name is 1 to {MaxNameLength} characters of visible text.");
    }
}
