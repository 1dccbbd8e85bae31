using System.Security.Cryptography;

namespace Footfall.Counting;

/// <summary>The salts of today and yesterday, fetched from the store once and kept in memory for as long.</summary>
internal sealed class DailySalts(IVisitStore store, RandomNumberGenerator random)
{
    private volatile Entry? today;
    private volatile Entry? yesterday;

    /// <summary>Fetches the day's salt, if it has one.</summary>
    public async Task PrepareAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (await store.FindSaltAsync(day, cancellationToken) is { } salt)
        {
            today = new Entry(day, salt);
        }
    }

    public async ValueTask<Salt> GetAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (today is { } known && known.Day == day)
        {
            return known.Salt;
        }

        var salt = await store.GetOrAddSaltAsync(day, Salt.Random(random), cancellationToken);
        yesterday = today is { } previous && previous.Day == day.AddDays(-1) ? previous : null;
        today = new Entry(day, salt);
        return salt;
    }

    /// <summary>The salt of a day that is over, or null: none is made for a day without visitors.</summary>
    public async ValueTask<Salt?> FindAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (yesterday is { } known && known.Day == day)
        {
            return known.Salt;
        }

        if (await store.FindSaltAsync(day, cancellationToken) is not { } salt)
        {
            return null;
        }

        yesterday = new Entry(day, salt);
        return salt;
    }

    private sealed record Entry(DateOnly Day, Salt Salt);
}
