using System.CommandLine;
using System.Globalization;
using Footfall.Cli.Files;
using Footfall.Cli.Rendering;
using Footfall.Cli.Settings;
using Footfall.Reporting;
using Footfall.Site;

namespace Footfall.Cli.Commands;

/// <summary>Writes the page's files, for a web host that serves files.</summary>
internal static class BuildCommand
{
    private const string Notes = """
        Examples:
          footfall build
          footfall build --resume me/resume.json --out public --site-url https://jane.example.com
          footfall build --pdf --pages 2
          footfall build --api https://count.example.com --count-from https://count.example.com
        """;

    private static readonly Option<string> Resume = new("--resume")
    {
        Description = "The résumé.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "resume.json",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "Where to write; made if it is not there. Other files in it are left alone.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "dist",
    };

    private static readonly Option<string?> Lang = new("--lang")
    {
        Description = "The page's language, such as de or pt-BR. [default: what the résumé or its file's name says]",
        HelpName = "TAG",
    };

    private static readonly Option<string?> Variant = new("--variant")
    {
        Description = "Of what carries tags, only what carries this one. [default: all]",
        HelpName = "TAG",
    };

    private static readonly Option<string?> ForLink = new("--link")
    {
        Description = "The key of the link (footfall link add) that counts every visit of this page, such as a variant's own.",
        HelpName = "KEY",
    };

    private static readonly Option<string?> SiteUrl = new("--site-url")
    {
        Description = "Where the page will be, for its canonical address.",
        HelpName = "URL",
    };

    private static readonly Option<string?> Api = new("--api")
    {
        Description = "Where the API is that counts; / is the page's own origin. Without one the page has no counter.",
        HelpName = "URL",
    };

    private static readonly Option<bool> Pdf = new("--pdf")
    {
        Description = "Also print resume.pdf, by the Chromium of this machine, on the paper of the person's country.",
    };

    private static readonly Option<string?> Pages = new("--pages")
    {
        Description = "How many pages resume.pdf should take at most; says so where it takes more.",
        HelpName = "N",
    };

    private static readonly Option<string?> Fonts = new("--fonts")
    {
        Description = "own, a typeface that comes with the page, or system, what the reader's system has. [default: own]",
        HelpName = "KIND",
    };

    private static readonly Option<string?> Css = new("--css")
    {
        Description = "A stylesheet of your own, which the page loads after its own.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> FetchPhoto = new("--fetch-photo")
    {
        Description = "Fetch the picture that basics.image names on another server, and publish it with the page.",
    };

    private static readonly Option<string?> PrivatePdf = new("--private-pdf")
    {
        Description = "Also print a copy to this file, outside of DIR, with what meta.footfall.printOnly keeps from everybody.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Browser = new("--chromium")
    {
        Description = "The Chromium, Chrome or Edge that prints and draws; none for none. [default: looked for on the PATH]",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Count = new("--count")
    {
        Description = "The count to show until the API answers.",
        HelpName = "N",
    };

    private static readonly Option<string?> CountFrom = new("--count-from")
    {
        Description = "The same, asked of the API at this address.",
        HelpName = "URL",
    };

    /// <param name="searchPath">The environment's <c>PATH</c>.</param>
    public static Command Create(string? searchPath, TimeProvider clock)
    {
        var command = new CommandWithNotes("build", "Writes the page as static files, for any web host.", Notes)
        {
            Resume, Out, Lang, Variant, ForLink, SiteUrl, Api, Count, CountFrom, Pdf, Pages, PrivatePdf, Fonts, Css, FetchPhoto,
            Browser,
        };
        command.SetAction((line, stop) => RunAsync(line, searchPath, clock, stop));
        return command;
    }

    private static async Task RunAsync(ParseResult line, string? searchPath, TimeProvider clock, CancellationToken stop)
    {
        var (output, error) = (line.InvocationConfiguration.Output, line.InvocationConfiguration.Error);
        using var printer = Printer.Find(line.GetValue(Browser), searchPath);
        var wantedPages = PagesOf(line);
        if (line.GetValue(Pdf) && printer is null)
        {
            await error.WriteLineAsync(
                "note: --pdf: there is no Chromium, Chrome or Edge on the PATH, so resume.pdf is left out; install one, or name it with --chromium FILE");
        }

        var options = new SiteOptions
        {
            SiteUrl = AddressOf(line, SiteUrl),
            ApiBase = line.GetValue(Api) == "/" ? null : AddressOf(line, Api),
            IsCounted = (line.GetValue(Api) ?? line.GetValue(Count) ?? line.GetValue(CountFrom)) is not null,
            Link = OptionText.Parse(ForLink.Name, line.GetValue(ForLink), Link.ParseKey),
            OwnTypeface = HasOwnTypeface(line),
            FetchPhoto = line.GetValue(FetchPhoto) ? RemotePhoto.FetchAsync : null,
            HasPdf = line.GetValue(Pdf) && printer is not null,
            HasPictures = line.GetValue(SiteUrl) is not null && printer is not null,
            KnownVisits = await FindCountAsync(line, output, stop),
        };
        var privatePdf = PrivatePdfOf(line, printer);
        var site = await RenderAsync(line, options, printer, clock, stop);
        foreach (var warning in site.Warnings)
        {
            await error.WriteLineAsync($"note: {warning.ReplaceLineEndings(" ")}");
        }

        var folder = Path.GetFullPath(line.GetRequiredValue(Out));
        await WriteAsync(site, folder, stop);
        if (site.Files.FirstOrDefault(file => file.ContentType == "application/pdf") is { } pdf)
        {
            await TellPagesAsync(Chromium.CountPages(pdf.Content.Span), wantedPages, output, error);
        }

        if (options.IsCounted && site.Counters.Count > 1)
        {
            await output.WriteLineAsync($"counters {string.Join(' ', site.Counters)}: the API needs to know them");
        }

        if (privatePdf is not null)
        {
            await PrintPrivatelyAsync(line, options, printer!, privatePdf, clock, stop);
            await output.WriteLineAsync($"{privatePdf} has what is for the printed copy only: it is not for the web");
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{site.Files.Count} files, {site.Files.Sum(file => file.Content.Length) / 1024d:N1} KiB, in {folder}"));
    }

    /// <summary>The site with all its prints, or where the browser fails without any of them: a page never refers to nothing.</summary>
    private static async Task<BuiltSite> RenderAsync(
        ParseResult line, SiteOptions options, Printer? printer, TimeProvider clock, CancellationToken stop)
    {
        var error = line.InvocationConfiguration.Error;
        var site = await SiteOf(line, options, forPrint: false).RenderAsync(stop);
        List<SiteFile> made = [];
        try
        {
            foreach (var print in site.Prints)
            {
                await using var progress = new Printing.Progress(error, $"making {print.Path} with the browser", clock);
                made.Add(await printer!.MakeAsync(site, print, stop));
            }
        }
        catch (ChromiumException e)
        {
            await error.WriteLineAsync($"note: {e.Message}; resume.pdf and the pictures are left out");
            return await SiteOf(line, options with { HasPdf = false, HasPictures = false }, forPrint: false).RenderAsync(stop);
        }

        return site with { Files = [.. site.Files, .. made] };
    }

    private static ResumeSite SiteOf(ParseResult line, SiteOptions options, bool forPrint) => new(
        line.GetRequiredValue(Resume),
        options,
        new() { Variant = line.GetValue(Variant), Language = LanguageOf(line), ForPrint = forPrint },
        line.GetValue(Css));

    /// <summary>The first page alone, on paper.</summary>
    private static async Task PrintPrivatelyAsync(
        ParseResult line, SiteOptions options, Printer printer, string file, TimeProvider clock, CancellationToken stop)
    {
        var site = await SiteOf(line, options with { HasPdf = true }, forPrint: true).RenderAsync(stop);
        try
        {
            await using var progress = new Printing.Progress(
                line.InvocationConfiguration.Error, $"making {Path.GetFileName(file)} with the browser", clock);
            var pdf = await printer.MakeAsync(site, site.Prints.First(print => print.Pixels is null), stop);
            await WholeFile.WriteAsync(file, pdf.Content, stop);
        }
        catch (Exception e) when (e is ChromiumException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--private-pdf: {file} was not made: {e.Message}", e);
        }
    }

    private static string? PrivatePdfOf(ParseResult line, Printer? printer)
    {
        if (line.GetValue(PrivatePdf) is not { } named)
        {
            return null;
        }

        var file = Path.GetFullPath(named);
        var published = RealPath.Of(line.GetRequiredValue(Out)) + Path.DirectorySeparatorChar;
        return printer is null ? throw new CommandException("--private-pdf: there is no Chromium, Chrome or Edge on the PATH; install one, or name it with --chromium FILE.")
            : RealPath.Of(file).StartsWith(published, StringComparison.Ordinal)
                ? throw new CommandException($"--private-pdf: {file} is inside of {published}, which is published; choose another place.")
                : file;
    }

    private static Task TellPagesAsync(int pages, int? wanted, TextWriter output, TextWriter error)
    {
        var takes = string.Create(CultureInfo.InvariantCulture, $"resume.pdf takes {pages} {(pages == 1 ? "page" : "pages")}");
        return wanted is { } most && pages > most
            ? error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"note: {takes}, where {most} are wanted"))
            : output.WriteLineAsync(takes);
    }

    private static int? PagesOf(ParseResult line) =>
        line.GetValue(Pages) is not { } text ? null
        : !line.GetValue(Pdf) ? throw new CommandException("--pages is for --pdf.")
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pages) && pages > 0
            ? pages
            : throw new CommandException($"--pages: '{text}' is no number of pages.");

    private static bool HasOwnTypeface(ParseResult line) => line.GetValue(Fonts) switch
    {
        null or "own" => true,
        "system" => false,
        var kind => throw new CommandException($"--fonts: '{kind}' is no such kind; there are own and system."),
    };

    private static async Task<long?> FindCountAsync(ParseResult line, TextWriter output, CancellationToken stop)
    {
        if (AddressOf(line, CountFrom) is { } api)
        {
            if (line.GetValue(Count) is not null)
            {
                throw new CommandException("--count and --count-from exclude each other; give one.");
            }

            await output.WriteLineAsync($"asking {api} for the count");
            return await KnownCount.AskAsync(api, stop);
        }

        return line.GetValue(Count) is not { } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
            : throw new CommandException($"--count: '{text}' is no number of visits.");
    }

    private static Language? LanguageOf(ParseResult line) =>
        line.GetValue(Lang) is not { } tag ? null
        : Language.Find(tag) is { HasWords: true } language
            ? language
            : throw new CommandException($"--lang: '{tag}' is no language of the page; there are {string.Join(", ", Language.Known)}.");

    private static Uri? AddressOf(ParseResult line, Option<string?> option) =>
        OptionText.Parse(option.Name, line.GetValue(option), WebAddress.Parse);

    private static async Task WriteAsync(BuiltSite site, string folder, CancellationToken stop)
    {
        try
        {
            foreach (var file in site.Files)
            {
                var path = Path.Combine(folder, file.Path);
                MakeFolders(folder, file.Path);
                await WholeFile.WriteAsync(path, file.Content, stop);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{folder} cannot be written: {e.Message} Choose another place with --out DIR.", e);
        }
    }

    // The folder that the owner named may be a link; one that stands in it may lead anywhere.
    private static void MakeFolders(string folder, string path)
    {
        _ = Directory.CreateDirectory(folder);
        foreach (var name in path.Split('/')[..^1])
        {
            folder = Path.Combine(folder, name);
            if (new DirectoryInfo(folder).LinkTarget is { } target)
            {
                throw new IOException($"{folder} is a symbolic link to {target}; remove it.");
            }

            _ = Directory.CreateDirectory(folder);
        }
    }
}
