using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;
using Footfall.Transfer;

namespace Footfall.DynamoDb;

/// <summary>Where each item lives in the table, and what its attributes are called.</summary>
/// <remarks>
/// <para>A counter's tallies are spread over shards, each of which has a partition key of its own, so that what one
/// partition can take does not bound them all.</para>
/// <para>A claim's sort key is the day whose salt its pseudonym was made under, and so is an address's. An item of
/// one day is therefore asked for on that day and, a claim, on the next one, always before
/// <see cref="Retention.Expiry"/>: one that DynamoDB has not deleted in time, which may take days, is never met
/// again.</para>
/// <para>Of salts this is not so; there the time is checked.</para>
/// </remarks>
internal static class TableLayout
{
    public const string PartitionKey = "pk";
    public const string SortKey = "sk";

    /// <summary>The table's TTL attribute: when the item may be deleted, in seconds since 1970, UTC.</summary>
    public const string Expires = "expires";

    /// <summary>When the visitor was last counted: see <see cref="Moment"/>.</summary>
    public const string CountedAt = "countedAt";

    public const string Salt = "salt";
    public const string Visitors = "visitors";
    public const string CounterPrefix = "counter#";
    public const string DayPrefix = "day#";

    /// <summary>
    /// In the total of shard 0: over how many shards the counter's tallies are spread, the most that any instance has
    /// used. Absent for one.
    /// </summary>
    public const string Shards = "shards";

    /// <summary>The partition of what the ledger knows of itself: its name, and what was merged into it.</summary>
    public const string Ledger = "ledger";

    public const string LedgerName = "name";
    public const string MergedPrefix = "merged#";
    public const string Via = "via";

    /// <summary>The partitions of what was taken over from other ledgers.</summary>
    public const string ImportPrefix = "import#";

    /// <summary>The partition of the owner's links, by their keys.</summary>
    public const string Links = "links";

    public const string LinkName = "linkName";
    public const string Created = "created";

    /// <summary>The partition of what the owner was told.</summary>
    public const string Marks = "marks";

    public const string Mark = "mark";

    /// <summary>In a family's own item: how many of its keys are admitted.</summary>
    public const string AdmittedKeys = "admittedKeys";

    /// <summary>The partitions of the keys that a family of counters has admitted.</summary>
    public const string AdmittedPrefix = "admitted#";

    /// <summary>Stands where a family would, for keys that an import brought: of whichever family they are.</summary>
    public const string Imported = "";

    /// <summary>The partition of the families.</summary>
    public const string Families = "families";

    /// <summary>How often an import's item was added to.</summary>
    public const string Revision = "revision";

    /// <summary>Stands where a day would, for what belongs to none.</summary>
    private const string NoDay = "undated";

    /// <summary>In the total of a shard that takes no more: see <see cref="ShardedTallies.PlaceInLastRoomAsync"/>.</summary>
    public const string Closed = "closed";

    private const string SourcePrefix = "from:";
    private const string DayFormat = "yyyy-MM-dd";
    private const string TotalName = "total";

    // ISO 8601 to 100 ns, with Z for UTC.
    private const string MomentFormat = "O";

    /// <summary>The partition of one shard of a counter.</summary>
    public static string ShardKey(string counter, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{CounterPrefix}{counter}#{shard}");

    /// <summary>The counter of a partition that <see cref="ShardKey"/> named.</summary>
    public static string CounterOf(string shardKey) => shardKey[CounterPrefix.Length..shardKey.LastIndexOf('#')];

    /// <summary>The shard of an item, or a key, in a partition that <see cref="ShardKey"/> named.</summary>
    public static int ShardOf(Dictionary<string, AttributeValue> item)
    {
        var partition = item[PartitionKey].S;
        return int.Parse(
            partition.AsSpan(partition.LastIndexOf('#') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public static Dictionary<string, AttributeValue> Total(string counter, int shard) =>
        Key(ShardKey(counter, shard), TotalName);

    public static Dictionary<string, AttributeValue> Day(string counter, DateOnly day, int shard) =>
        Key(ShardKey(counter, shard), DayName(day));

    /// <summary>The sort key of a day's tally; sorts by day.</summary>
    public static string DayName(DateOnly day) => DayPrefix + Name(day);

    public static Dictionary<string, AttributeValue> Claim(Pseudonym visitor, DateOnly day) =>
        Key($"claim#{visitor}", Name(day));

    public static Dictionary<string, AttributeValue> Address(Pseudonym address, DateOnly day) =>
        Key($"address#{address}", Name(day));

    /// <summary>
    /// The attribute of one address in its network's item: 48 bits of its pseudonym, enough to tell a network's addresses of
    /// one day apart, and short, because there may be many.
    /// </summary>
    public static string AttributeOf(Pseudonym address) => address.ToString()[..8];

    public static Dictionary<string, AttributeValue> SaltOf(DateOnly day) => Key(Salt, Name(day));

    /// <summary>What was taken over from a ledger for one counter and day.</summary>
    public static Dictionary<string, AttributeValue> Import(string source, string counter, DateOnly? day) =>
        Key(ImportPrefix + source, $"{(day is { } known ? Name(known) : NoDay)}#{counter}");

    /// <summary>The counter of an import without a day; null for one with a day.</summary>
    public static string? UndatedCounter(string importSortKey) =>
        importSortKey.StartsWith($"{NoDay}#", StringComparison.Ordinal) ? importSortKey[(NoDay.Length + 1)..] : null;

    /// <summary>What an item that <see cref="Import"/> names says.</summary>
    public static LedgerEntry TakenOf(Dictionary<string, AttributeValue> item)
    {
        var sort = item[SortKey].S;
        return UndatedCounter(sort) is { } counter
            ? new(counter, day: null, TallyOf(item))
            : new(
                sort[(DayFormat.Length + 1)..],
                DateOnly.ParseExact(sort.AsSpan(0, DayFormat.Length), DayFormat, CultureInfo.InvariantCulture),
                TallyOf(item),
                SourcesOf(item));
    }

    /// <summary>Asks for all items of a partition.</summary>
    public static QueryRequest Partition(string table, string partition) => new()
    {
        TableName = table,
        ConsistentRead = true,
        KeyConditionExpression = "pk = :pk",
        ExpressionAttributeValues = new() { [":pk"] = Text(partition) },
    };

    public static Dictionary<string, AttributeValue> Key(string partition, string sort) => new(capacity: 4)
    {
        [PartitionKey] = Text(partition),
        [SortKey] = Text(sort),
    };

    public static string Name(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>The day of a sort key that <see cref="DayName"/> made.</summary>
    public static DateOnly DayOf(string sortKey) => DateOnly.ParseExact(
        sortKey.AsSpan(DayPrefix.Length, DayFormat.Length), DayFormat, CultureInfo.InvariantCulture);

    /// <summary>The day that <see cref="Name"/> named.</summary>
    public static DateOnly DayNamed(string name) =>
        DateOnly.ParseExact(name, DayFormat, CultureInfo.InvariantCulture);

    /// <summary>A moment as text of one length that sorts by time, to 100 nanoseconds.</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture);

    /// <summary>The moment of a text that <see cref="Moment"/> made.</summary>
    public static DateTimeOffset MomentOf(string text) =>
        DateTimeOffset.ParseExact(text, MomentFormat, CultureInfo.InvariantCulture);

    public static AttributeValue ExpiryOf(DateOnly day) => Number(Retention.Expiry(day).ToUnixTimeSeconds());

    public static AttributeValue Text(string text) => new() { S = text };

    public static AttributeValue Number(long number) =>
        new() { N = number.ToString(CultureInfo.InvariantCulture) };

    public static long NumberOf(AttributeValue number) => long.Parse(number.N, CultureInfo.InvariantCulture);

    /// <summary>
    /// The attribute in which a tally keeps the requests that came to <paramref name="outcome"/>; none is a reserved
    /// word of DynamoDB's, as <c>limited</c> is.
    /// </summary>
    public static string AttributeOf(Outcome outcome) => outcome switch
    {
        Outcome.Visit => "visits",
        Outcome.Repeat => "repeats",
        Outcome.Bot => "bots",
        Outcome.Prefetch => "prefetches",
        Outcome.OptedOut => "optedOuts",
        Outcome.Limited => "overLimit",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome."),
    };

    public static Tally TallyOf(Dictionary<string, AttributeValue> item) => new(
        Read(item, AttributeOf(Outcome.Visit)),
        Read(item, AttributeOf(Outcome.Repeat)),
        Read(item, AttributeOf(Outcome.Bot)),
        Read(item, AttributeOf(Outcome.Prefetch)),
        Read(item, AttributeOf(Outcome.OptedOut)),
        Read(item, AttributeOf(Outcome.Limited)),
        Read(item, Visitors));

    /// <summary>The attribute of a day's tally, or of an import, that keeps the visits from a source.</summary>
    public static string AttributeOf(Source source) => SourcePrefix + source.Name;

    public static SourceCounts SourcesOf(Dictionary<string, AttributeValue> item) => SourceCounts.Of(item
        .Where(attribute => attribute.Key.StartsWith(SourcePrefix, StringComparison.Ordinal))
        .Select(attribute => KeyValuePair.Create(
            Source.Named(attribute.Key[SourcePrefix.Length..]), NumberOf(attribute.Value))));

    /// <summary>What an item that <see cref="Day"/> names says.</summary>
    public static DailyTally DailyTallyOf(Dictionary<string, AttributeValue> item) =>
        new(DayOf(item[SortKey].S), TallyOf(item), SourcesOf(item));

    /// <summary>Over how many shards a counter is spread, by the total of its shard 0.</summary>
    public static int ShardsOf(Dictionary<string, AttributeValue> firstTotal) =>
        Math.Max(1, (int)Read(firstTotal, Shards));

    /// <summary>The number in an attribute; a tally that was never added to lacks it, which is zero.</summary>
    private static long Read(Dictionary<string, AttributeValue> item, string attribute) =>
        item.TryGetValue(attribute, out var value) ? NumberOf(value) : 0;
}
