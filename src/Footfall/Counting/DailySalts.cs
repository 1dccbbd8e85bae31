using System.Security.Cryptography;

namespace Footfall.Counting;

/// <summary>The salts of a day and its neighbours, each fetched from the store once and kept in memory.</summary>
internal sealed class DailySalts(IVisitStore store, RandomNumberGenerator random)
{
    // Around midnight requests of two days take turns, each with the salt of the day before.
    private volatile Entry[] known = [];

    /// <summary>Fetches the day's salt, if it has one.</summary>
    public async Task PrepareAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (await store.FindSaltAsync(day, cancellationToken) is { } salt)
        {
            Keep(day, salt);
        }
    }

    public async ValueTask<Salt> GetAsync(DateOnly day, CancellationToken cancellationToken)
    {
        foreach (var entry in known)
        {
            if (entry.Day == day)
            {
                return entry.Salt;
            }
        }

        var salt = await store.GetOrAddSaltAsync(day, Salt.Random(random), cancellationToken);
        Keep(day, salt);
        return salt;
    }

    // Not a salt of any other day: it is due for deletion, or a clock that was wrong has made it.
    private void Keep(DateOnly day, Salt salt) => known =
    [
        .. known.Where(entry => Math.Abs(entry.Day.DayNumber - day.DayNumber) == 1),
        new Entry(day, salt),
    ];

    private sealed record Entry(DateOnly Day, Salt Salt);
}
