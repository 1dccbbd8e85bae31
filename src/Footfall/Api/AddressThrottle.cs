using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Footfall.Counting;

namespace Footfall.Api;

/// <summary>
/// Holds an address to a number of counting requests a minute, where no gateway in front does. It keeps no address:
/// each one falls, by a hash under a key that lives only in this process, into one of a fixed number of buckets, which
/// it may share with others. The generic cell rate algorithm (ITU-T I.371) needs one number a bucket.
/// </summary>
public sealed class AddressThrottle
{
    /// <summary>Enough that two busy addresses seldom share one; 128 KiB.</summary>
    private const int Buckets = 1 << 14;

    private readonly TimeProvider clock;
    private readonly byte[] key = new byte[32];
    private readonly long interval;
    private readonly long burst;

    // Per bucket, the moment from which it is empty again, in the clock's ticks.
    private readonly long[] emptyAt = new long[Buckets];

    /// <param name="requestsPerMinute">1 to 1,000,000; as many may also come at once.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less or more.</exception>
    public AddressThrottle(int requestsPerMinute, TimeProvider clock, RandomNumberGenerator random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(requestsPerMinute, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requestsPerMinute, 1_000_000);
        this.clock = clock;
        random.GetBytes(key);
        burst = clock.TimestampFrequency * 60;
        interval = burst / requestsPerMinute;
        Array.Fill(emptyAt, long.MinValue);
    }

    /// <summary>Takes one request's place, or says after how many seconds there is one.</summary>
    internal bool TryAcquire(IPAddress address, out int retryAfterSeconds)
    {
        ref var bucket = ref emptyAt[BucketOf(address)];
        while (true)
        {
            var now = clock.GetTimestamp();
            var seen = Volatile.Read(ref bucket);
            var next = Math.Max(seen, now) + interval;
            if (next - now > burst)
            {
                var wait = TimeSpan.FromSeconds((next - now - burst) / (double)clock.TimestampFrequency);
                retryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds);
                return false;
            }

            if (Interlocked.CompareExchange(ref bucket, next, seen) == seen)
            {
                retryAfterSeconds = 0;
                return true;
            }
        }
    }

    private int BucketOf(IPAddress address)
    {
        Span<byte> prefix = stackalloc byte[AddressPrefix.MaxSize];
        var length = AddressPrefix.WriteSubscriber(address, prefix);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, prefix[..length], hash);
        return BinaryPrimitives.ReadUInt16LittleEndian(hash) % Buckets;
    }
}
