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
internal sealed class ClaimTransactions(string table, VisitorClaim claim)
{
    /// <summary>
    /// The most visitors that a network brings in a day, whatever the rules allow: each address of it is an attribute of
    /// the network's item, which is then some 40 KB.
    /// </summary>
    public const int MaxNetworkVisitors = 4_000;

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
    // In the first window of a day, yesterday's claim adds 2 to each but Repeating.
    // The item of a network with many addresses is over 1 KB: 2 more for each further 100 addresses, some of them.

    /// <param name="expected">
    /// The total, in its one shard, before a visit; then the transaction, if it is not refused, makes it one more.
    /// </param>
    public Transaction For(ClaimCase claimCase, Placement placement, Tally? expected)
    {
        var transaction = new Transaction();
        if (claimCase != ClaimCase.Repeating)
        {
            AddClaims(transaction, claimCase);
        }

        if (claimCase == ClaimCase.Newcomer)
        {
            transaction.Add(TransactionPart.Address, UnderLimits());
        }

        TallyParts.Add(
            transaction,
            table,
            claim.Counter,
            claim.Day,
            placement,
            claimCase.Outcome(),
            newVisitor: claimCase == ClaimCase.Newcomer,
            claimCase.Outcome() == Outcome.Visit ? claim.Source : null,
            expected);
        return transaction;
    }

    /// <summary>What the visitor is, after a transaction was refused.</summary>
    /// <param name="tried">What the transaction took the visitor for.</param>
    /// <param name="recentClaims">Is told what the refusal tells.</param>
    public ClaimCase CaseAfter(ClaimCase tried, Refusal refusal, RecentClaims recentClaims)
    {
        var countedToday = Remember(claim.Visitor, refusal.ItemOf(TransactionPart.Claim), recentClaims);
        var countedYesterday = claim.VisitorYesterday is { } yesterday
            ? Remember(yesterday, refusal.ItemOf(TransactionPart.YesterdaysClaim), recentClaims)
            : null;
        return countedToday > claim.WindowStart || countedYesterday > claim.WindowStart ? ClaimCase.Repeating
            : countedToday is not null ? ClaimCase.Returning
            : refusal.IsFor(TransactionPart.Claim) ? ClaimCase.Newcomer
            : refusal.IsFor(TransactionPart.Address) ? ClaimCase.OverLimit
            : tried;
    }

    private static DateTimeOffset? Remember(
        Pseudonym visitor, Dictionary<string, AttributeValue>? item, RecentClaims recentClaims)
    {
        if (item is null || !item.TryGetValue(TableLayout.CountedAt, out var text))
        {
            return null;
        }

        var countedAt = TableLayout.MomentOf(text.S);
        recentClaims.Remember(visitor, countedAt);
        return countedAt;
    }

    private void AddClaims(Transaction transaction, ClaimCase claimCase)
    {
        switch (claimCase)
        {
            case ClaimCase.Newcomer:
                transaction.Add(TransactionPart.Claim, NewClaim());
                break;
            case ClaimCase.Returning:
                transaction.Add(TransactionPart.Claim, RenewedClaim());
                break;
            default:
                transaction.Add(TransactionPart.Claim, NotClaimed());
                break;
        }

        if (claim.VisitorYesterday is { } yesterday)
        {
            if (claimCase.Outcome() == Outcome.Visit)
            {
                transaction.Add(TransactionPart.YesterdaysClaim, CountedAlso(yesterday));
            }
            else
            {
                transaction.Add(TransactionPart.YesterdaysClaim, NotInWindow(yesterday));
            }
        }
    }

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

    // Noted under yesterday's salt as well, for a claim of yesterday that arrives behind this one: see IVisitStore.
    private Update CountedAlso(Pseudonym yesterday) => new()
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
    };

    private ConditionCheck NotInWindow(Pseudonym yesterday) => new()
    {
        TableName = table,
        Key = TableLayout.Claim(yesterday, claim.Day.AddDays(-1)),
        ConditionExpression = "attribute_not_exists(pk) OR countedAt <= :windowStart",
        ExpressionAttributeValues = new() { [WindowStart] = TableLayout.Text(windowStart) },
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    private Update UnderLimits() => claim.Network is { } network ? UnderBothLimits(network) : UnderAddressLimit();

    private Update UnderAddressLimit() => new()
    {
        TableName = table,
        Key = TableLayout.Address(claim.Address, claim.Day),
        UpdateExpression = "ADD visitors :one SET expires = :expires",
        ConditionExpression = "attribute_not_exists(pk) OR visitors < :addressLimit",
        ExpressionAttributeValues = LimitValues(),
    };

    // One item for both: the network's, with its number, and one for each of its addresses.
    private Update UnderBothLimits(Pseudonym network)
    {
        var values = LimitValues();
        values[":networkLimit"] = TableLayout.Number(Math.Min(claim.Rules.NetworkLimit, MaxNetworkVisitors));
        return new()
        {
            TableName = table,
            Key = TableLayout.Address(network, claim.Day),
            UpdateExpression = "ADD visitors :one, #address :one SET expires = :expires",
            ConditionExpression =
                "attribute_not_exists(pk) OR (visitors < :networkLimit"
                + " AND (attribute_not_exists(#address) OR #address < :addressLimit))",
            ExpressionAttributeNames = new() { ["#address"] = TableLayout.AttributeOf(claim.Address) },
            ExpressionAttributeValues = values,
        };
    }

    private Dictionary<string, AttributeValue> LimitValues() => new()
    {
        [":one"] = TableLayout.Number(1),
        [":addressLimit"] = TableLayout.Number(claim.Rules.AddressLimit),
        [":expires"] = TableLayout.ExpiryOf(claim.Day),
    };
}
