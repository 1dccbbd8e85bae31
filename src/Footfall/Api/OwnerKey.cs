using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Footfall.Api;

/// <summary>
/// What opens the owner's numbers: whoever sends the key as <c>Authorization: Bearer</c> may read them. Here only its
/// SHA-256 is known, which opens nothing.
/// </summary>
public sealed class OwnerKey
{
    /// <summary>32 random bytes: nothing of what is written for passwords (salt, slowness) is needed.</summary>
    private const int KeyBytes = 32;

    private const string Scheme = "Bearer ";

    private readonly byte[] digest;

    /// <param name="digest">The key's SHA-256, in hexadecimal digits: see <see cref="DigestOf"/>.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public OwnerKey(string digest)
    {
        if (digest.Length != SHA256.HashSizeInBytes * 2 || !digest.All(char.IsAsciiHexDigit))
        {
            throw new FormatException(
                "This is no SHA-256 of an owner's key: 64 hexadecimal digits, as 'footfall owner-key' prints them.");
        }

        this.digest = Convert.FromHexString(digest);
    }

    /// <summary>A new key: 43 characters of A-Z a-z 0-9 - _.</summary>
    public static string Make(RandomNumberGenerator random)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes];
        random.GetBytes(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Whether a text may be a key: 43 characters of A-Z a-z 0-9 - _.</summary>
    public static bool IsKey(string text) => Base64Url.IsValid(text, out var length) && length == KeyBytes;

    public static string DigestOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Whether an <c>Authorization</c> field carries the key; takes the same time for every wrong one.</summary>
    public bool Opens(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())), digest);
}
