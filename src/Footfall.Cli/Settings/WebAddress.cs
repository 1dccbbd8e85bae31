namespace Footfall.Cli.Settings;

/// <summary>Where a page or an API is on the web.</summary>
internal static class WebAddress
{
    /// <summary>An absolute address of http or https to which a path can be added: no query, no fragment, no user.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url.Query.Length + url.Fragment.Length + url.UserInfo.Length == 0
            ? url
            : throw new FormatException($"'{text}' is no address, such as https://jane.example.com.");
}
