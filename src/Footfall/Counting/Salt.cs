using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Footfall.Counting;

/// <summary>
/// The key under which one UTC day's visitors are hashed: 32 random bytes, made anew each day and deleted when the
/// next day has ended, so that a visitor of an earlier day can be recognised by nobody.
/// </summary>
public sealed class Salt
{
    /// <summary>The length of a salt, in bytes.</summary>
    public const int Size = 32;

    private readonly byte[] bytes;

    // Keyed once and used by one thread at a time: keying anew costs more than the hash.
    private readonly ConcurrentBag<IncrementalHash> hashers = [];

    /// <param name="bytes">Exactly <see cref="Size"/> bytes; copied.</param>
    /// <exception cref="ArgumentException">The length is another one.</exception>
    public Salt(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A salt is {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        this.bytes = bytes.ToArray();
    }

    public ReadOnlySpan<byte> Bytes => bytes;

    public static Salt Random(RandomNumberGenerator random)
    {
        Span<byte> drawn = stackalloc byte[Size];
        random.GetBytes(drawn);
        return new Salt(drawn);
    }

    /// <summary>HMAC-SHA256 (RFC 2104, FIPS 180-4) of the message under the salt.</summary>
    /// <param name="destination">At least <see cref="HMACSHA256.HashSizeInBytes"/> bytes.</param>
    internal void Hash(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        var hasher = hashers.TryTake(out var spare) ? spare : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, bytes);
        hasher.AppendData(message);
        _ = hasher.GetHashAndReset(destination);
        hashers.Add(hasher);
    }
}
