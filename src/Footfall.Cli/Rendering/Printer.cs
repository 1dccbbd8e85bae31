using Footfall.Cli.Commands;
using Footfall.Site;

namespace Footfall.Cli.Rendering;

/// <summary>Has the machine's browser make what a site's page refers to, one thing at a time.</summary>
internal sealed class Printer(Chromium chromium) : IDisposable
{
    /// <summary>What stands for "none" where a browser can be named.</summary>
    public const string None = "none";

    private readonly SemaphoreSlim turn = new(1);

    /// <param name="program">The browser that the owner names; null for the one that is found.</param>
    /// <param name="searchPath">The environment's <c>PATH</c>.</param>
    /// <returns>Null where there is none, or none is wanted.</returns>
    /// <exception cref="CommandException">The named one is not there.</exception>
    public static Printer? Find(string? program, string? searchPath)
    {
        if (program is null)
        {
            return Chromium.Find(searchPath) is { } found ? new(found) : null;
        }

        return program == None ? null
            : File.Exists(program) ? new(new Chromium(program))
            : throw new CommandException($"--chromium: '{program}' is not there; name the program's file, or say {None}.");
    }

    /// <exception cref="ChromiumException">It was not made.</exception>
    public async Task<SiteFile> MakeAsync(BuiltSite site, Print print, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await chromium.MakeAsync(site, print, cancellationToken);
        }
        finally
        {
            _ = turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
