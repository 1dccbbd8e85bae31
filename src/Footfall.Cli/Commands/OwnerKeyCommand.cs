using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using Footfall.Api;
using Footfall.Cli.Settings;

namespace Footfall.Cli.Commands;

/// <summary>Makes a key for the owner's numbers, and what a host knows it by.</summary>
internal static class OwnerKeyCommand
{
    private const string Notes = """
        Examples:
          footfall owner-key
          footfall owner-key --site-url https://jane.example.com

        On one machine footfall serve makes a key by itself. On AWS the SHA-256 goes into infra/footfall.auto.tfvars as
        owner_key_sha256; it opens nothing, and the key itself is kept nowhere: put it where you keep passwords. A new key
        takes the place of the old one.
        """;

    private static readonly Option<Uri?> SiteUrl = new("--site-url")
    {
        Description = "Where the page is on the web, for an address that is ready to open.",
        HelpName = "URL",
        CustomParser = ParseAddress,
    };

    public static Command Create(RandomNumberGenerator random)
    {
        var command = new CommandWithNotes("owner-key", "Makes a key for the owner's numbers.", Notes) { SiteUrl };
        command.SetAction((line, _) => WriteAsync(
            OwnerKey.Make(random), line.GetValue(SiteUrl), line.InvocationConfiguration.Output));
        return command;
    }

    private static Task WriteAsync(string key, Uri? site, TextWriter output) => output.WriteLineAsync($"""
        key      {key}
        sha-256  {OwnerKey.DigestOf(key)}
        numbers  {(site is null ? "YOUR-SITE" : site.AbsoluteUri.TrimEnd('/'))}/stats/#key={key}
        """);

    private static Uri? ParseAddress(ArgumentResult result)
    {
        try
        {
            return WebAddress.Parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError($"--site-url: {e.Message}");
            return null;
        }
    }
}
