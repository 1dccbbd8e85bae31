namespace Footfall.LambdaHost;

/// <summary>A function as its owner configures it: what to run, with which environment, how long and how often.</summary>
public sealed record FunctionSettings
{
    /// <summary>The program that serves the Runtime API: a <c>bootstrap</c>, or an interpreter.</summary>
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The function's own variables; nothing else of this process's environment reaches it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where the program runs, as <c>LAMBDA_TASK_ROOT</c>; its own folder when not given.</summary>
    public string? TaskRoot { get; init; }

    /// <summary>How long one invocation may take. Lambda's default is three seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a new instance may take to ask for its first invocation. Lambda's is ten seconds.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many invocations may run at once; one more is throttled.</summary>
    public int MaxConcurrency { get; init; } = 10;

    /// <summary>Told to the function, not enforced.</summary>
    public int MemoryMiB { get; init; } = 128;

    /// <summary>Whether an instance without work is stopped, as Lambda freezes its execution environments.</summary>
    public bool FreezesIdle { get; init; } = true;

    /// <summary>Is given each line that the function writes to its standard output or error.</summary>
    public Action<string> Log { get; init; } = _ => { };
}
