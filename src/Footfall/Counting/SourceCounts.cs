using System.Globalization;

namespace Footfall.Counting;

/// <summary>How many visits came from each source: a part of a day's tally. Never changes; equal by its numbers.</summary>
public sealed class SourceCounts : IEquatable<SourceCounts>
{
    private readonly SortedDictionary<string, long> visits;

    private SourceCounts(SortedDictionary<string, long> visits) => this.visits = visits;

    public static SourceCounts None { get; } = new(new(StringComparer.Ordinal));

    /// <summary>The sources that brought a visit and how many, in the order of their names.</summary>
    public IEnumerable<KeyValuePair<Source, long>> All =>
        visits.Select(count => KeyValuePair.Create(Source.Named(count.Key), count.Value));

    /// <summary>The visits of all of them.</summary>
    public long Sum => visits.Values.Aggregate(0L, (sum, count) => checked(sum + count));

    /// <summary>How many visits came from <paramref name="source"/>.</summary>
    public long From(Source source) => visits.GetValueOrDefault(source.Name);

    /// <param name="counts">Sources without a visit are left out; one that stands twice is summed.</param>
    /// <exception cref="OverflowException">A sum is too large for 64 bits.</exception>
    public static SourceCounts Of(params IEnumerable<KeyValuePair<Source, long>> counts)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (source, count) in counts)
        {
            if (count != 0)
            {
                sums[source.Name] = checked(sums.GetValueOrDefault(source.Name) + count);
            }
        }

        return new SourceCounts(sums);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else; the message says what was found.</exception>
    public static SourceCounts Parse(string text) =>
        Of(text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ParseOne));

    public static SourceCounts Add(SourceCounts left, SourceCounts right) => left + right;

    public static SourceCounts Subtract(SourceCounts left, SourceCounts right) => left - right;

    /// <summary>Of each number the larger one.</summary>
    public static SourceCounts Max(SourceCounts left, SourceCounts right) => Of(left.All.Concat(right.All)
        .GroupBy(count => count.Key)
        .Select(counts => KeyValuePair.Create(counts.Key, counts.Max(count => count.Value))));

    public static SourceCounts operator +(SourceCounts left, SourceCounts right) => Of(left.All.Concat(right.All));

    public static SourceCounts operator -(SourceCounts left, SourceCounts right) =>
        Of(left.All.Concat(right.All.Select(count => KeyValuePair.Create(count.Key, -count.Value))));

    public bool Equals(SourceCounts? other) => other is not null && visits.SequenceEqual(other.visits);

    public override bool Equals(object? obj) => Equals(obj as SourceCounts);

    public override int GetHashCode() =>
        visits.Aggregate(0, (hash, count) => HashCode.Combine(hash, count.Key, count.Value));

    /// <summary>For a table's cell: <c>direct=3;linkedin=5</c>; empty for none.</summary>
    public override string ToString() => string.Join(
        ';', visits.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key}={count.Value}")));

    private static KeyValuePair<Source, long> ParseOne(string text) =>
        text.Split('=') is [var name, var count]
        && Source.IsName(name)
        && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var visits)
        && visits <= Tally.MaxCount
            ? KeyValuePair.Create(Source.Named(name), visits)
            : throw new FormatException($"found '{text}' where a source and its visits are expected, such as direct=3");
}
