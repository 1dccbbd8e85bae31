namespace Footfall.DynamoDb;

/// <summary>What an item of a transaction is there for.</summary>
internal enum TransactionPart
{
    /// <summary>When the visitor was last counted, under the salt of the visit's day.</summary>
    Claim,

    /// <summary>When the visitor was last counted, under the salt of the day before.</summary>
    YesterdaysClaim,

    /// <summary>How many visitors the address, and its network, have brought today.</summary>
    Address,

    /// <summary>The counter's tally of all time, in one shard.</summary>
    Total,

    /// <summary>The counter's tally of the day, in the same shard.</summary>
    Day,

    /// <summary>What has been taken over from another ledger.</summary>
    Import,

    /// <summary>That another ledger has been merged into this one.</summary>
    Merge,

    /// <summary>One of the owner's links.</summary>
    Link,

    /// <summary>What the owner was told.</summary>
    Mark,

    /// <summary>A key of a family of counters.</summary>
    Key,

    /// <summary>How many keys the family has.</summary>
    Family,
}
