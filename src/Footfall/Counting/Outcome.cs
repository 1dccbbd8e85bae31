namespace Footfall.Counting;

/// <summary>What a request to count came to. Every acknowledged request has exactly one.</summary>
public enum Outcome
{
    /// <summary>A person whom this counter has not counted within the visit window. Only this raises the count.</summary>
    Visit,

    /// <summary>The same visitor again inside the visit window: a refresh, a second tab, a retried request.</summary>
    Repeat,

    /// <summary>Known automation.</summary>
    Bot,

    /// <summary>The browser said that nobody is looking yet.</summary>
    Prefetch,

    /// <summary>The browser sent Global Privacy Control or Do Not Track; nothing was derived from the visitor.</summary>
    OptedOut,

    /// <summary>The address, or its network, had already brought the day's maximum of distinct visitors.</summary>
    Limited,
}
