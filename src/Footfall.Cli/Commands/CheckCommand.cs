using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Footfall.Site;

namespace Footfall.Cli.Commands;

/// <summary>Says all there is to say about a résumé's file, without writing anything.</summary>
internal static class CheckCommand
{
    private const string Notes = """
        Exit codes:
          0  the page shows the résumé as it was written; there may be advice
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

    public static Command Create()
    {
        _ = Format.AcceptOnlyFromAmong("text", "json");
        var command = new CommandWithNotes("check", "Says what is wrong, unclear or missing in the résumé.", Notes)
        {
            Resume, Variant, Format,
        };
        command.SetAction((line, stop) => RunAsync(line, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken stop)
    {
        var file = line.GetRequiredValue(Resume);
        var findings = await FindAsync(file, new ReadingOptions { Variant = line.GetValue(Variant) }, stop);
        await line.InvocationConfiguration.Output.WriteLineAsync(line.GetRequiredValue(Format) == "json"
            ? JsonSerializer.Serialize(findings, FindingsJson.Readable.IReadOnlyListFinding)
            : string.Join(Environment.NewLine, findings.Select(finding => finding.ToString()).DefaultIfEmpty("nothing to say")));
        return findings.Any(finding => finding.Severity == Severity.Error) ? NoPage
            : findings.Any(finding => finding.Severity == Severity.Warning) ? Otherwise
            : 0;
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
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
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
