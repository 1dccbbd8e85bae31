using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>
/// The transactions that record one visitor's claim. The first takes the visitor for what this instance remembers, or
/// else for a newcomer, the most frequent case; a refusal brings the items that contradict, and they say which
/// transaction is the right one.
/// </summary>
/// <remarks>
/// What was once refused stays refused: a claim is never taken back and its moment only grows, an address's visitors
/// only grow, and so do a total's. So an earlier attempt that is still on its way when the next transaction is sent (its
/// answer was not awaited any longer) cannot be applied behind it.
/// </remarks>
internal sealed class ClaimTransactions(string table, VisitorClaim claim, int shard)
{
    private const string One = ":one";
    private const string WindowStart = ":windowStart";

    private readonly string windowStart = TableLayout.Moment(claim.WindowStart);

    // Costs, in write request units (items under 1 KB, two units each in a transaction). Where no total is expected, the
    // read of the receipt comes on top, with one read request unit per 4 KB of shards.
    //   Newcomer   8: claim, address, total, day
    //   Repeating  4: total, day
    //   Returning  6: claim, total, day
    //   OverLimit  6: claim's check, total, day
    // A transaction that is refused is charged as well. A refused Newcomer, 8, stands before every OverLimit, and before
    // the Repeating or Returning of a visitor whom this instance does not remember. A refused Returning, 6, stands before
    // the Repeating of one whom another instance has counted since. A refused Newcomer or Returning stands before
    // another when somebody else was counted since the expected total was seen. Races apart, that is 16 at most.
    // In the first window of a day, yesterday's check adds 2 to each but Repeating.

    /// <param name="expected">
    /// The total, in its one shard, before a visit; then the transaction, if it is not refused, makes it one more.
    /// </param>
    public List<TransactWriteItem> For(ClaimCase claimCase, Tally? expected)
    {
        var items = new List<TransactWriteItem>(capacity: 5);
        if (claimCase != ClaimCase.Repeating)
        {
            items.Add(ClaimOf(claimCase));
            if (claim.VisitorYesterday is { } yesterday)
            {
                items.Add(claimCase == ClaimCase.OverLimit ? NotInWindow(yesterday) : CountedToday(yesterday));
            }
        }

        if (claimCase == ClaimCase.Newcomer)
        {
            items.Add(AddressUnderLimit());
        }

        TallyUpdates.Add(
            items,
            table,
            claim.Counter,
            claim.Day,
            shard,
            claimCase.Outcome(),
            newVisitor: claimCase == ClaimCase.Newcomer,
            expected);
        return items;
    }

    /// <summary>The total to expect after a transaction was refused for a condition.</summary>
    /// <param name="expected">What was expected of it.</param>
    public static Tally? TotalAfter(List<CancellationReason> reasons, Tally? expected) =>
        reasons[^2] is { Code: Refusal.Condition } total
            ? total.Item is { } item ? TableLayout.TallyOf(item) : null
            : expected;

    /// <summary>What the visitor is, after a transaction was refused for a condition.</summary>
    /// <param name="tried">What the transaction took the visitor for.</param>
    /// <param name="reasons">One for each item of the transaction, in their order.</param>
    /// <param name="recentClaims">Is told what the refusal tells.</param>
    public ClaimCase CaseAfter(ClaimCase tried, List<CancellationReason> reasons, RecentClaims recentClaims)
    {
        var countedToday = Note(claim.Visitor, reasons[0], recentClaims);
        var countedYesterday = claim.VisitorYesterday is { } yesterday ? Note(yesterday, reasons[1], recentClaims) : null;
        return countedToday > claim.WindowStart || countedYesterday > claim.WindowStart ? ClaimCase.Repeating
            : countedToday is not null ? ClaimCase.Returning
            : reasons[0].Code == Refusal.Condition ? ClaimCase.Newcomer
            : tried == ClaimCase.Newcomer && reasons[^3].Code == Refusal.Condition ? ClaimCase.OverLimit
            : tried;
    }

    private static DateTimeOffset? Note(Pseudonym visitor, CancellationReason reason, RecentClaims recentClaims)
    {
        if (reason.Item is null || !reason.Item.TryGetValue(TableLayout.CountedAt, out var text))
        {
            return null;
        }

        var countedAt = TableLayout.MomentOf(text.S);
        recentClaims.Note(visitor, countedAt);
        return countedAt;
    }

    private TransactWriteItem ClaimOf(ClaimCase claimCase) => claimCase switch
    {
        ClaimCase.Newcomer => new() { Put = NewClaim() },
        ClaimCase.Returning => new() { Update = RenewedClaim() },
        _ => new() { ConditionCheck = NotClaimed() },
    };

    private Put NewClaim()
    {
        var item = TableLayout.Claim(claim.Visitor, claim.Day);
        item[TableLayout.CountedAt] = TableLayout.Text(TableLayout.Moment(claim.At));
        item[TableLayout.Expires] = TableLayout.ExpiryOf(claim.Day);
        return new()
        {
            TableName = table,
            Item = item,
            ConditionExpression = "attribute_not_exists(pk)",
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
    }

    private Update RenewedClaim() => new()
    {
        TableName = table,
        Key = TableLayout.Claim(claim.Visitor, claim.Day),
        UpdateExpression = "SET countedAt = :at",
        ConditionExpression = "countedAt <= :windowStart",
        ExpressionAttributeValues = new()
        {
            [":at"] = TableLayout.Text(TableLayout.Moment(claim.At)),
            [WindowStart] = TableLayout.Text(windowStart),
        },
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    private ConditionCheck NotClaimed() => new()
    {
        TableName = table,
        Key = TableLayout.Claim(claim.Visitor, claim.Day),
        ConditionExpression = "attribute_not_exists(pk)",
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    // Beside the check, for a claim of yesterday that arrives behind this one: see IVisitStore.
    private TransactWriteItem CountedToday(Pseudonym yesterday) => new()
    {
        Update = new()
        {
            TableName = table,
            Key = TableLayout.Claim(yesterday, claim.Day.AddDays(-1)),
            UpdateExpression = "SET countedAt = :at, expires = :expires",
            ConditionExpression = "attribute_not_exists(pk) OR countedAt <= :windowStart",
            ExpressionAttributeValues = new()
            {
                [":at"] = TableLayout.Text(TableLayout.Moment(claim.At)),
                [":expires"] = TableLayout.ExpiryOf(claim.Day.AddDays(-1)),
                [WindowStart] = TableLayout.Text(windowStart),
            },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    private TransactWriteItem NotInWindow(Pseudonym yesterday) => new()
    {
        ConditionCheck = new()
        {
            TableName = table,
            Key = TableLayout.Claim(yesterday, claim.Day.AddDays(-1)),
            ConditionExpression = "attribute_not_exists(pk) OR countedAt <= :windowStart",
            ExpressionAttributeValues = new() { [WindowStart] = TableLayout.Text(windowStart) },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    private TransactWriteItem AddressUnderLimit() => new()
    {
        Update = new()
        {
            TableName = table,
            Key = TableLayout.Address(claim.Address, claim.Day),
            UpdateExpression = "ADD visitors :one SET expires = :expires",
            ConditionExpression = "attribute_not_exists(pk) OR visitors < :limit",
            ExpressionAttributeValues = new()
            {
                [One] = TableLayout.Number(1),
                [":limit"] = TableLayout.Number(claim.Rules.AddressLimit),
                [":expires"] = TableLayout.ExpiryOf(claim.Day),
            },
        },
    };
}
