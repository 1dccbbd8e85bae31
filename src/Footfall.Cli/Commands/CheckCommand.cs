using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Footfall.Cli.Rendering;
using Footfall.Site;

namespace Footfall.Cli.Commands;

/// <summary>Says all there is to say about a résumé's file, without writing anything.</summary>
internal static class CheckCommand
{
    private const string Notes = """
        Exit codes:
          0  the page shows the résumé as it was written; there may be notes and advice
          1  no page can be made
          2  something is shown otherwise than it was written

        Examples:
          footfall check
          footfall check --resume me/resume.json --format json
        """;

    private const int NoPage = 1;
    private const int Otherwise = 2;

    private static readonly Option<string> Resume = new("--resume")
    {
        Description = "The résumé.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "resume.json",
    };

    private static readonly Option<string?> Variant = new("--variant")
    {
        Description = "Of what carries tags, only what carries this one. [default: all]",
        HelpName = "TAG",
    };

    private static readonly Option<string> Format = new("--format")
    {
        Description = "text, a line for each finding, or json.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "text",
    };

    private static readonly Option<int?> Pages = new("--pages")
    {
        Description = "How many pages the résumé should take when printed; prints it, by the Chromium on the PATH, to see.",
        HelpName = "N",
    };

    /// <param name="searchPath">The environment's <c>PATH</c>.</param>
    public static Command Create(string? searchPath, TimeProvider clock)
    {
        _ = Format.AcceptOnlyFromAmong("text", "json");
        var command = new CommandWithNotes("check", "Says what is wrong, unclear or missing in the résumé.", Notes)
        {
            Resume, Variant, Pages, Format,
        };
        command.SetAction((line, stop) => RunAsync(line, searchPath, clock, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, string? searchPath, TimeProvider clock, CancellationToken stop)
    {
        var reading = new ReadingOptions { Variant = line.GetValue(Variant) };
        List<Finding> findings = [];
        foreach (var file in ResumeFiles.Of(line.GetRequiredValue(Resume)))
        {
            findings.AddRange(await FindAsync(file, reading, stop));
            if (line.GetValue(Pages) is { } wanted && !findings.Exists(finding => finding.Severity == Severity.Error))
            {
                findings.Add(await CountPagesAsync(file, reading, wanted, searchPath, line.InvocationConfiguration.Error, clock, stop));
            }
        }

        await line.InvocationConfiguration.Output.WriteLineAsync(line.GetRequiredValue(Format) == "json"
            ? JsonSerializer.Serialize((IReadOnlyList<Finding>)findings, FindingsJson.Readable.IReadOnlyListFinding)
            : string.Join(Environment.NewLine, findings.Select(finding => finding.ToString()).DefaultIfEmpty("nothing to say")));
        return findings.Any(finding => finding.Severity == Severity.Error) ? NoPage
            : findings.Any(finding => finding.Severity == Severity.Warning) ? Otherwise
            : 0;
    }

    private static async Task<Finding> CountPagesAsync(
        string file,
        ReadingOptions reading,
        int wanted,
        string? searchPath,
        TextWriter error,
        TimeProvider clock,
        CancellationToken stop)
    {
        using var printer = Printer.Find(null, searchPath)
            ?? throw new CommandException("--pages: there is no Chromium, Chrome or Edge on the PATH to print with; install one.");
        try
        {
            var resume = await ResumeReader.ReadAsync(file, reading, stop);
            var site = await SiteBuilder.BuildAsync(
                resume, new() { ImageFolder = Path.GetDirectoryName(Path.GetFullPath(file)), HasPdf = true }, stop);
            await using var progress = new Printing.Progress(error, $"printing {Path.GetFileName(file)} with the browser", clock);
            var pages = Chromium.CountPages((await printer.MakeAsync(site, site.Prints[0], stop)).Content.Span);
            return new(
                pages > wanted ? Severity.Warning : Severity.Advice,
                file,
                null,
                null,
                "",
                string.Create(CultureInfo.InvariantCulture, $"printed, it takes {pages} {(pages == 1 ? "page" : "pages")}, where {wanted} {(wanted == 1 ? "is" : "are")} wanted"));
        }
        catch (ChromiumException e)
        {
            throw new CommandException($"--pages: {e.Message}.", e);
        }
    }

    private static async Task<IReadOnlyList<Finding>> FindAsync(string file, ReadingOptions reading, CancellationToken stop)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(file));
            return await ResumeCheck.RunAsync(file, reading, new SiteOptions { ImageFolder = folder }, stop);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException($"{file} is not there; name another with --resume FILE.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>Writes findings for other programs, letters as letters.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
internal sealed partial class FindingsJson : JsonSerializerContext
{
    public static FindingsJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
