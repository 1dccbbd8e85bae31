using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Footfall.Site;

/// <summary>The machine's own Chromium, or one of its family, which prints and draws what a build made.</summary>
/// <param name="executable">The program.</param>
public sealed partial class Chromium(string executable)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    /// <summary>Where systems put it that have it on no path.</summary>
    private static readonly string[] UsualPlaces =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>The program.</summary>
    public string Executable { get; } = executable;

    /// <param name="searchPath">The environment's <c>PATH</c>; null where there is none.</param>
    /// <returns>Null where there is none of the family.</returns>
    public static Chromium? Find(string? searchPath)
    {
        var folders = (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var program = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name + suffix)))
            .Concat(UsualPlaces)
            .FirstOrDefault(File.Exists);
        return program is null ? null : new(program);
    }

    /// <summary>Makes a file of the site. The page's script does not run: nobody is looking, and nothing is counted.</summary>
    /// <exception cref="ChromiumException">It does not start, takes more than a minute, or makes nothing.</exception>
    public async Task<SiteFile> MakeAsync(BuiltSite site, Print print, CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("footfall-print-");
        try
        {
            foreach (var file in site.Files.Append(print.Draft).Where(file => !file.Path.EndsWith(".js", StringComparison.Ordinal)))
            {
                var path = Path.Combine(folder.FullName, "site", file.Path);
                _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, file.Content, cancellationToken);
            }

            var result = Path.Combine(folder.FullName, "result" + Path.GetExtension(print.Path));
            var complaint = await RunAsync(Arguments(folder.FullName, print, result), cancellationToken);
            return File.Exists(result)
                ? new(print.Path, print.ContentType, CacheControl.Revalidated, await File.ReadAllBytesAsync(result, cancellationToken))
                : throw new ChromiumException($"{Executable} made no {print.Path}{(complaint.Length > 0 ? $": {complaint}" : "")}");
        }
        finally
        {
            Remove(folder);
        }
    }

    /// <summary>How many pages a PDF of Chromium's has.</summary>
    public static int CountPages(ReadOnlySpan<byte> pdf)
    {
        // It writes the tree of pages without compression; the root counts the most.
        var text = System.Text.Encoding.Latin1.GetString(pdf);
        return PageCount().Matches(text).Select(match => int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture))
            .DefaultIfEmpty().Max();
    }

    private static List<string> Arguments(string folder, Print print, string result)
    {
        List<string> arguments =
        [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-extensions", "--hide-scrollbars", "--force-color-profile=srgb",

            // A page on the disk may load the fonts beside it, and nothing from anywhere else.
            "--allow-file-access-from-files", "--host-resolver-rules=MAP * ~NOTFOUND",
            $"--user-data-dir={Path.Combine(folder, "profile")}",
        ];
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            // Chromium's own sandbox refuses to start for root; what it opens here is the owner's page, without a script.
            arguments.Add("--no-sandbox");
        }

        arguments.AddRange(print.Pixels is var (width, height)
            ? [$"--screenshot={result}", string.Create(CultureInfo.InvariantCulture, $"--window-size={width},{height}")]
            : [$"--print-to-pdf={result}", "--no-pdf-header-footer"]);
        arguments.Add(new Uri(Path.Combine(folder, "site", print.Draft.Path)).AbsoluteUri);
        return arguments;
    }

    /// <returns>The last line of what it complained about.</returns>
    private async Task<string> RunAsync(List<string> arguments, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var process = Start(arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var complaints = await process.StandardError.ReadToEndAsync(patience.Token);
            _ = await output;
            await process.WaitForExitAsync(patience.Token);
            return complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ChromiumException($"{Executable} is not done after {Patience.TotalSeconds:N0} seconds", e);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(List<string> arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ChromiumException($"{Executable} does not start: {e.Message}", e);
        }
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A helper of the browser's that is still ending writes there: the system empties its temporary folder.
        }
    }

    [GeneratedRegex(@"/Type /Pages[^>]{0,2000}?/Count (?<count>[0-9]{1,6})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PageCount();
}
