namespace Footfall.Server;

/// <summary>The fields by which a proxy says for whom it asks, and for what.</summary>
internal static class ForwardingFields
{
    public const string For = "X-Forwarded-For";
    public const string Forwarded = "Forwarded";
    public const string Host = "X-Forwarded-Host";
    public const string Proto = "X-Forwarded-Proto";
    public const string Prefix = "X-Forwarded-Prefix";

    private static readonly string[] All = [For, Forwarded, Host, Proto, "X-Real-IP"];

    /// <summary>The name of one that was sent; null when none was.</summary>
    public static string? FindSent(IHeaderDictionary fields) => Array.Find(All, fields.ContainsKey);
}
