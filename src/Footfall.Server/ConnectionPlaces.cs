using System.Net;
using System.Runtime.InteropServices;
using Footfall.Counting;

namespace Footfall.Server;

/// <summary>
/// The places for connections, so many for each address that nobody takes them all: a browser opens six, a proxy of ours
/// one for each of its readers. Safe for concurrent use.
/// </summary>
internal sealed class ConnectionPlaces(TrustedProxies proxies)
{
    public const int Total = 10_000;
    public const int PerAddress = 256;
    public const int PerProxy = 9_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(int Length, ulong Prefix), int> taken = [];
    private int total;

    /// <summary>How many are taken.</summary>
    public int Taken
    {
        get
        {
            lock (gate)
            {
                return total;
            }
        }
    }

    /// <summary>Takes a place for an address, unless all of its places or all there are have been taken.</summary>
    public bool TryTake(IPAddress peer)
    {
        var most = proxies.Have(peer) ? PerProxy : PerAddress;
        lock (gate)
        {
            ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(taken, KeyOf(peer), out var isKnown);
            if (total >= Total || places >= most)
            {
                if (!isKnown)
                {
                    taken.Remove(KeyOf(peer));
                }

                return false;
            }

            places++;
            total++;
            return true;
        }
    }

    /// <summary>Gives back a place that was taken for an address.</summary>
    public void Return(IPAddress peer)
    {
        lock (gate)
        {
            var key = KeyOf(peer);
            total--;
            if (--CollectionsMarshal.GetValueRefOrNullRef(taken, key) == 0)
            {
                taken.Remove(key);
            }
        }
    }

    private static (int Length, ulong Prefix) KeyOf(IPAddress peer)
    {
        Span<byte> bytes = stackalloc byte[AddressPrefix.MaxSize];
        var length = AddressPrefix.WriteSubscriber(peer, bytes);
        bytes[length..].Clear();
        return (length, MemoryMarshal.Read<ulong>(bytes));
    }
}
