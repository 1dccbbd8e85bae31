namespace Footfall.Reporting;

/// <summary>Reads of many things, a few of them at a time: a store far away answers several as fast as one.</summary>
internal static class SeveralAtOnce
{
    private const int Several = 8;

    /// <returns>What was read of each, in their order.</returns>
    public static async Task<IReadOnlyList<TRead>> ReadAsync<TThing, TRead>(
        IEnumerable<TThing> things, Func<TThing, Task<TRead>> read)
    {
        var all = new List<TRead>();
        foreach (var chunk in things.Chunk(Several))
        {
            all.AddRange(await Task.WhenAll(chunk.Select(read)));
        }

        return all;
    }
}
