using System.CommandLine;
using System.Globalization;
using Footfall.Cli.Files;
using Footfall.Cli.Rendering;
using Footfall.Site;

namespace Footfall.Cli.Commands;

/// <summary>Writes the page's files, for a web host that serves files.</summary>
internal static class BuildCommand
{
    private const string Notes = """
        Examples:
          footfall build
          footfall build --resume me/resume.json --out public --site-url https://jane.example.com
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

    private static readonly Option<string?> SiteUrl = new("--site-url")
    {
        Description = "Where the page will be, for its canonical address.",
        HelpName = "URL",
    };

    private static readonly Option<string?> Api = new("--api")
    {
        Description = "Where the API is, when it is not on the page's own origin.",
        HelpName = "URL",
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

    public static Command Create()
    {
        var command = new CommandWithNotes("build", "Writes the page as static files, for any web host.", Notes)
        {
            Resume, Out, Lang, SiteUrl, Api, Count, CountFrom,
        };
        command.SetAction((line, stop) => RunAsync(line, stop));
        return command;
    }

    private static async Task RunAsync(ParseResult line, CancellationToken stop)
    {
        var (output, error) = (line.InvocationConfiguration.Output, line.InvocationConfiguration.Error);
        var resume = new ResumeSite(line.GetRequiredValue(Resume), new SiteOptions
        {
            Language = LanguageOf(line),
            SiteUrl = AddressOf(line, SiteUrl),
            ApiBase = AddressOf(line, Api),
            KnownVisits = await FindCountAsync(line, output, stop),
        });
        var site = await resume.RenderAsync(stop);
        foreach (var warning in site.Warnings)
        {
            await error.WriteLineAsync($"note: {warning.ReplaceLineEndings(" ")}");
        }

        var folder = Path.GetFullPath(line.GetRequiredValue(Out));
        await WriteAsync(site, folder, stop);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{site.Files.Count} files, {site.Files.Sum(file => file.Content.Length) / 1024d:N1} KiB, in {folder}"));
    }

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
        line.GetValue(option) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url
            : throw new CommandException($"{option.Name}: '{text}' is no address, such as https://jane.example.com.");

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
