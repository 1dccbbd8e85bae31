namespace Footfall.Counting;

/// <summary>What a browser and the page in it say of a request to count.</summary>
[Flags]
public enum VisitSignals
{
    None = 0,

    /// <summary><c>Sec-GPC: 1</c> (W3C Global Privacy Control) or <c>DNT: 1</c>.</summary>
    OptedOut = 1,

    /// <summary><c>Sec-Purpose</c>, <c>Purpose</c> or <c>X-Moz</c> says prefetch, preview or prerender.</summary>
    Prefetch = 2,

    /// <summary><c>navigator.webdriver</c> was true in the page (W3C WebDriver, section 4).</summary>
    WebDriver = 4,
}
