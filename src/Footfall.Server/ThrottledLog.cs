using System.Globalization;

namespace Footfall.Server;

/// <summary>
/// Lines with their time, of one kind at most one a minute: the first as it comes, and after a minute the last of those
/// that came meanwhile, with how many there were. So no flood of requests becomes a flood of lines. Safe for concurrent
/// use.
/// </summary>
public sealed class ThrottledLog(TextWriter output, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Kind> kinds = new(StringComparer.Ordinal);

    /// <param name="kind">What lines have in common; nothing that a client can choose, as each is remembered a minute.</param>
    /// <param name="line">Without its time; nothing that could stand for a reader.</param>
    public void Write(string kind, string line)
    {
        lock (gate)
        {
            if (kinds.TryGetValue(kind, out var known))
            {
                known.Add(line);
                return;
            }

            kinds.Add(kind, new Kind(clock.CreateTimer(_ => Sum(kind), null, Interval, Interval)));
            WriteLine(line);
        }
    }

    /// <summary>Says what was held back and is not said yet. The output is the caller's.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var kind in kinds.Values)
            {
                kind.Timer.Dispose();
                WriteHeldBack(kind);
            }

            kinds.Clear();
        }
    }

    private void Sum(string name)
    {
        lock (gate)
        {
            if (kinds.TryGetValue(name, out var kind) && !WriteHeldBack(kind))
            {
                kind.Timer.Dispose();
                kinds.Remove(name);
            }
        }
    }

    private bool WriteHeldBack(Kind kind)
    {
        if (kind.Take() is not { } held)
        {
            return false;
        }

        WriteLine(string.Create(CultureInfo.InvariantCulture, $"{held.Line} ({held.Count} since the last such line)"));
        return true;
    }

    private void WriteLine(string line) =>
        output.WriteLine($"{clock.GetUtcNow().ToString("u", CultureInfo.InvariantCulture)} {line}");

    private sealed class Kind(ITimer timer)
    {
        private long count;
        private string line = "";

        public ITimer Timer { get; } = timer;

        public void Add(string text)
        {
            count++;
            line = text;
        }

        public (long Count, string Line)? Take()
        {
            var taken = count;
            count = 0;
            return taken == 0 ? null : (taken, line);
        }
    }
}
