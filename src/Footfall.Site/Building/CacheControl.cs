namespace Footfall.Site;

internal static class CacheControl
{
    /// <summary>For what has its fingerprint in its name.</summary>
    public const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>For what other sites load from its one address: asked for anew once an hour, 304 where it is the same.</summary>
    public const string ForAnHour = "public, max-age=3600";

    /// <summary>For what must be new when its owner has changed it: asked for each time, 304 where it is the same.</summary>
    public const string Revalidated = "public, max-age=0, must-revalidate";
}
