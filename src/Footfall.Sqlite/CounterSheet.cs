using System.Runtime.InteropServices;
using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>What one group of requests adds to one counter, so that its rows are written once a group.</summary>
internal sealed class CounterSheet(string counter)
{
    private readonly Dictionary<DateOnly, Tally> days = [];
    private readonly Dictionary<(DateOnly Day, Source Source), long> sources = [];

    public string Counter => counter;

    /// <summary>The sum of the group's requests so far.</summary>
    public Tally Sum { get; private set; }

    public IReadOnlyDictionary<DateOnly, Tally> Days => days;

    /// <summary>The visits of each day that came from each source.</summary>
    public IReadOnlyDictionary<(DateOnly Day, Source Source), long> Sources => sources;

    /// <summary>Of all time, before the group; known once its rows are written.</summary>
    public Tally Before { get; set; }

    /// <param name="day">Null for what counts in all time only.</param>
    public void Add(DateOnly? day, Tally tally)
    {
        Sum += tally;
        if (day is { } known)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(days, known, out _) += tally;
        }
    }

    public void AddSource(DateOnly day, Source source, long visits) =>
        CollectionsMarshal.GetValueRefOrAddDefault(sources, (day, source), out _) += visits;
}
