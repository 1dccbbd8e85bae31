using System.Runtime.CompilerServices;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>
/// A number for each of many pseudonyms, in about half of a dictionary's memory: keys and numbers stand in arrays of
/// their own that are at least seven tenths full, without a hash or a link beside them. Nothing is ever removed.
/// </summary>
/// <remarks>
/// Open addressing with linear probing (Knuth, The Art of Computer Programming, volume 3, section 6.4). Pseudonyms are
/// random bits, so they are their own hash: the upper bits choose one of many small parts, so that growing copies little
/// at a time, the lower ones a slot in it.
/// </remarks>
internal sealed class PseudonymTable
{
    private const int PartBits = 8;
    private const int SmallestPart = 8;

    private readonly Part[] parts = new Part[1 << PartBits];

    /// <summary>What the arrays take, in bytes.</summary>
    public long Bytes => parts.Sum(part => part.Keys is null
        ? 0L
        : part.Keys.LongLength * (Unsafe.SizeOf<UInt128>() + sizeof(long)));

    /// <summary>The pseudonym's number: zero until one is set.</summary>
    public long this[Pseudonym key]
    {
        get
        {
            ref readonly var part = ref PartOf(key);
            return part.Keys is not null && part.Find(key.Value, out var slot) ? part.Numbers[slot] : 0;
        }

        set
        {
            ref var part = ref PartOf(key);
            if (part.Keys is null || !part.Find(key.Value, out var slot))
            {
                slot = part.Add(key.Value);
            }

            part.Numbers[slot] = value;
        }
    }

    private ref Part PartOf(Pseudonym key) => ref parts[(int)(key.Value >> (128 - PartBits))];

    private struct Part
    {
        public UInt128[] Keys;
        public long[] Numbers;
        private int count;

        /// <param name="slot">Where the key is, or the free slot where it would be.</param>
        /// <remarks>A free slot's key is zero, which no hash of anything comes to.</remarks>
        public readonly bool Find(UInt128 key, out int slot)
        {
            slot = (int)(((ulong)(uint)key * (ulong)Keys.Length) >> 32);
            while (Keys[slot] != key)
            {
                if (Keys[slot] == UInt128.Zero)
                {
                    return false;
                }

                slot = slot + 1 == Keys.Length ? 0 : slot + 1;
            }

            return true;
        }

        public int Add(UInt128 key)
        {
            if (Keys is null || count >= Keys.Length * 7 / 8)
            {
                Grow();
            }

            _ = Find(key, out var slot);
            Keys![slot] = key;
            count++;
            return slot;
        }

        private void Grow()
        {
            var (keys, numbers) = (Keys ?? [], Numbers ?? []);
            var size = Math.Max(SmallestPart, keys.Length + (keys.Length / 5));
            (Keys, Numbers) = (new UInt128[size], new long[size]);
            for (var old = 0; old < keys.Length; old++)
            {
                if (keys[old] != UInt128.Zero)
                {
                    _ = Find(keys[old], out var slot);
                    (Keys[slot], Numbers[slot]) = (keys[old], numbers[old]);
                }
            }
        }
    }
}
