using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Footfall.Api;
using Footfall.Cli.Files;
using Footfall.Cli.Rendering;
using Footfall.Cli.Reporting;
using Footfall.Cli.Settings;
using Footfall.Server;
using Footfall.Site;
using Microsoft.AspNetCore.Connections;

namespace Footfall.Cli.Commands;

/// <summary>The whole of Footfall on one machine: page, API and counts, until it is stopped.</summary>
internal static class ServeCommand
{
    private const string Notes = """
        Examples:
          footfall serve
          footfall serve --resume me/resume.json --port 0
          footfall serve --counter readme --origin https://jane.example.com
          footfall serve --host 0.0.0.0 --trusted-proxy 10.0.0.0/8

        Each option can also be set in the environment (--visit-window as FOOTFALL_VISIT_WINDOW; lists in the plural,
        separated by commas: FOOTFALL_COUNTERS) and in appsettings.json ({ "Footfall": { "VisitWindow": "01:00:00",
        "Counters": ["readme"] } }). The command line wins over the environment, and that over the file.
        """;

    /// <param name="searchPath">The environment's <c>PATH</c>.</param>
    /// <param name="random">Makes the salts.</param>
    /// <param name="dice">Draws shards and waits, where the store has them.</param>
    public static Command Create(
        SettingsReader reader, string? searchPath, TimeProvider clock, RandomNumberGenerator random, Random dice)
    {
        var options = ServeSettings.All.ToDictionary(setting => setting, setting => new Option<string[]>(setting.Option)
        {
            Description = setting.Description,
            HelpName = setting.Value,
        });
        var command = new CommandWithNotes(
            "serve", "Renders the résumé, serves it and counts its visits. What footfall does when told nothing.", Notes);
        foreach (var option in options.Values)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (line, stop) =>
        {
            var values = reader.Read(
                ServeSettings.All, setting => line.GetResult(options[setting]) is null ? null : line.GetValue(options[setting]));
            var console = line.InvocationConfiguration;
            await RunAsync(ServeSettings.From(values), searchPath, clock, random, dice, console.Output, console.Error, stop);
        });
        return command;
    }

    private static async Task RunAsync(
        ServeSettings settings,
        string? searchPath,
        TimeProvider clock,
        RandomNumberGenerator random,
        Random dice,
        TextWriter output,
        TextWriter error,
        CancellationToken stop)
    {
        // Whoever closes the terminal has not said that nobody shall read the page any more; SIGINT and SIGTERM say so.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        using var log = new ThrottledLog(error, clock);
        using var printer = Printer.Find(settings.Chromium, searchPath);
        var resume = SiteOf(settings, hasPrinter: printer is not null);
        var watch = new FileWatch(resume.Sources);
        var site = await resume.RenderAsync(stop);
        settings = settings with { Hosting = settings.Hosting with { Counters = settings.Hosting.Counters.With(site.Counters) } };
        await using var store = await OpenedStore.OpenAsync(
            settings, clock, dice, warning => log.Write("store", warning), stop);
        await using var reports = settings.Reports is { } wanted
            ? BackgroundReports.Start(wanted, store, settings.Hosting.Counters, clock, dice, log)
            : null;
        var ownerKey = settings.OwnerKeyFile is { } keyFile ? OwnerKeyFile.ReadOrMake(keyFile, random) : null;
        var hosting = ownerKey is null
            ? settings.Hosting
            : settings.Hosting with { OwnerKey = new OwnerKey(OwnerKey.DigestOf(ownerKey)) };
        await using var server = await StartAsync(hosting, store, Prepare(site), clock, random, log);
        await IntroduceAsync(server.Url, settings, store.Place, ownerKey, output);
        await WarnAsync(site, error);
        await WarnOfReadersAsync(settings, error);
        await WarnOfListenersAsync(settings.Reports, error);
        await FollowAsync(server, resume, Prepare, watch, clock, output, error, stop);
        await output.WriteLineAsync("Stopping, when the requests under way are answered.");

        StaticSite Prepare(BuiltSite rendered) =>
            ServeCommand.Prepare(rendered, printer, settings.Site is null ? RenderAt(resume.At, clock, output) : null, log);
    }

    private static ResumeSite SiteOf(ServeSettings settings, bool hasPrinter) => new(
        settings.ResumeFile,
        new()
        {
            SiteUrl = settings.Site,
            Root = "/",
            OwnTypeface = settings.HasOwnTypeface,
            ShowsCount = settings.Hosting.Public != PublicNumbers.Nothing,
            HasPdf = hasPrinter,
            HasPictures = hasPrinter,
        },
        new() { Language = settings.Language, Variant = settings.Variant },
        settings.Stylesheet);

    private static StaticSite Prepare(
        BuiltSite site, Printer? printer, Func<Uri, Task<IReadOnlyList<SiteFile>>>? renderAt, ThrottledLog log) => new(
        site.Files,
        SecurityHeaders.For(),
        printer is null ? [] : site.Prints.Select(print => new LateFile(print.Path, () => PrintAsync(site, print, printer, log))),
        renderAt);

    // A proxy that takes a part of the path away may not say so, and only the owner can see that.
    private static Func<Uri, Task<IReadOnlyList<SiteFile>>> RenderAt(
        Func<Uri, Task<BuiltSite>> render, TimeProvider clock, TextWriter output) => async address =>
    {
        await output.WriteLineAsync($"{Now(clock)} rendered for {address}, as a proxy says; if the page is elsewhere: --site-url URL");
        return (await render(address)).Files;
    };

    private static async Task<SiteFile?> PrintAsync(BuiltSite site, Print print, Printer printer, ThrottledLog log)
    {
        try
        {
            return await printer.MakeAsync(site, print, CancellationToken.None);
        }
        catch (ChromiumException e)
        {
            log.Write(print.Path, $"{print.Path} is not there until the résumé is rendered again: {e.Message}");
            return null;
        }
    }

    // The first line is the address alone, for programs that start this one.
    private static async Task IntroduceAsync(Uri url, ServeSettings settings, string storePlace, string? ownerKey, TextWriter output)
    {
        await output.WriteLineAsync($"""
            {Openable(url)}
              résumé    {Path.GetFullPath(settings.ResumeFile)}, rendered anew when it changes
              counts    {storePlace}
              counters  {string.Join(' ', settings.Hosting.Counters.All)}
            """);

        // Behind # a browser keeps it to itself: neither this server nor a proxy sees it.
        await output.WriteLineAsync(ownerKey is not null ? $"  numbers   {Openable(url)}stats/#key={ownerKey}, for the owner alone"
            : settings.Hosting.OwnerKey is not null ? $"  numbers   {Openable(url)}stats/, for who has the owner's key"
            : "  numbers   shown to nobody: footfall owner-key makes a key for them");
        if (settings.Reports is { } reports)
        {
            await output.WriteLineAsync($"  reports   {string.Join(", ", reports.Times.Select(ReportSettings.NameOf))}, to {reports.Place}");
        }

        if (settings.SettingsFile is { } file)
        {
            await output.WriteLineAsync($"  settings  {file}, under the environment and the command line");
        }

        if (Openable(url) != url)
        {
            await output.WriteLineAsync($"  listens   on port {url.Port} of every address of this machine");
        }

        await output.WriteLineAsync("Ctrl-C stops it.");
        await output.FlushAsync();
    }

    // Nobody can open "every address of this machine"; the loopback is one of them.
    private static Uri Openable(Uri url) => url.Host is "0.0.0.0" or "[::]"
        ? new UriBuilder(url) { Host = "127.0.0.1" }.Uri
        : url;

    private static async Task WarnAsync(BuiltSite site, TextWriter error)
    {
        foreach (var warning in site.Warnings)
        {
            await error.WriteLineAsync($"note: {warning.ReplaceLineEndings(" ")}");
        }
    }

    // A database that Footfall made is its owner's alone; one that was copied here has whatever rights the copy got.
    private static async Task WarnOfReadersAsync(ServeSettings settings, TextWriter error)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (settings.DynamoDbTable is null && IsOpenToOthers(settings.DatabaseFile))
        {
            await error.WriteLineAsync(
                $"note: {settings.DatabaseFile} is open to other users of this machine, and the day's salt is in it: "
                + $"chmod 600 {settings.DatabaseFile}*");
        }

        if (settings.OwnerKeyFile is { } key && IsOpenToOthers(key))
        {
            await error.WriteLineAsync(
                $"note: {key} is open to other users of this machine, and opens your numbers: chmod 600 {key}, or delete it, and "
                + "another key is made at the next start");
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsOpenToOthers(string file) =>
        (File.GetUnixFileMode(file)
            & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None;

    private static async Task WarnOfListenersAsync(ReportSettings? reports, TextWriter error)
    {
        if (reports is { To: { Scheme: "http", IsLoopback: false } address })
        {
            await error.WriteLineAsync(
                $"note: reports go to {address.Host} in the clear: whoever is between can read the names of your links. Give --report-to an https:// address");
        }
    }

    private static async Task FollowAsync(
        WebServer server,
        ResumeSite resume,
        Func<BuiltSite, StaticSite> prepare,
        FileWatch watch,
        TimeProvider clock,
        TextWriter output,
        TextWriter error,
        CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            watch.Follow(resume.Sources);
            try
            {
                await watch.WaitAsync(stop);
                var site = await resume.RenderAsync(stop);
                server.Site = prepare(site);
                await output.WriteLineAsync($"{Now(clock)} rendered again");
                await WarnAsync(site, error);
            }
            catch (CommandException e)
            {
                await error.WriteLineAsync($"{e.Message}{Environment.NewLine}{Now(clock)} not rendered: the last good page stays up");
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever an edit brings about, the page that is there is served and its visits are counted.
            catch (Exception e)
#pragma warning restore CA1031
            {
                await error.WriteLineAsync($"{e.Message.ReplaceLineEndings(" ")} ({e.GetType().Name}){Environment.NewLine}{Now(clock)} not rendered: the last good page stays up");
            }
        }
    }

    private static string Now(TimeProvider clock) =>
        clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static async Task<WebServer> StartAsync(
        HostSettings settings,
        OpenedStore store,
        StaticSite site,
        TimeProvider clock,
        RandomNumberGenerator random,
        ThrottledLog log)
    {
        var endpoint = settings.Endpoint;
        try
        {
            return await WebServer.StartAsync(settings, store.Store, store.Links, site, clock, random, log);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new CommandException(
                $"{endpoint} is in use by another program. Stop that one, or choose another port with --port N (0 is any free one).", e);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new CommandException(
                $"{endpoint} may not be listened on by this user. Choose a port above 1023 with --port N.", e);
        }
        catch (SocketException e)
        {
            throw new CommandException(
                $"{endpoint} cannot be listened on: {e.Message}. Choose an address of this machine with --host ADDRESS.", e);
        }
    }
}
