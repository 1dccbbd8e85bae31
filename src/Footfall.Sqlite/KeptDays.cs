namespace Footfall.Sqlite;

/// <summary>The days whose salts and claims are not deleted, both included.</summary>
internal readonly record struct KeptDays(DateOnly First, DateOnly Last)
{
    /// <summary>
    /// Yesterday, as <see cref="Counting.Retention"/> says, today, and tomorrow, which a process whose clock is a little
    /// ahead may count on already. What is of a later day was made by a clock that was wrong.
    /// </summary>
    public static KeptDays Around(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return new(today.AddDays(-1), today.AddDays(1));
    }

    public bool Contain(DateOnly day) => day >= First && day <= Last;
}
