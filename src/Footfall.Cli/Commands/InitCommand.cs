using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Encodings.Web;
using System.Text.Json;
using Footfall.Cli.Rendering;
using Footfall.Cli.Settings;
using Footfall.Site;

namespace Footfall.Cli.Commands;

/// <summary>Begins a résumé, or takes one over from elsewhere. Overwrites nothing.</summary>
internal static class InitCommand
{
    private const string Notes = """
        Examples:
          footfall init
          footfall init --name 'Jane Doe' --site-url https://jane.example.com
          footfall init --from ~/Downloads/resume.json

        --from takes a JSON Resume (https://jsonresume.org/schema). What the others give:
          LinkedIn         Settings, Data privacy, "Get a copy of your data": a zip of CSV files, to copy from.
          Reactive Resume  Export, JSON: a form of its own. Its import takes a JSON Resume, its export gives none.
          Europass         a PDF that has the data as XML attached to it.
        """;

    private static readonly Option<string?> Name = new("--name")
    {
        Description = "Your name. Asked for on a terminal.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> SiteUrl = new("--site-url")
    {
        Description = "Where the page will be. Asked for on a terminal; may be left open.",
        HelpName = "URL",
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "A JSON Resume to take over.",
        HelpName = "FILE",
    };

    private static readonly Option<string> Resume = new("--resume")
    {
        Description = "The file to make.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "resume.json",
    };

    /// <param name="terminal">Where to ask what was not given; null where nobody would answer.</param>
    public static Command Create(TextReader? terminal)
    {
        Name.Validators.Add(RefuseNoName);
        var command = new CommandWithNotes("init", "Begins a resume.json, or takes one over from elsewhere.", Notes)
        {
            Name, SiteUrl, From, Resume,
        };
        command.SetAction((line, stop) => RunAsync(line, terminal, stop));
        return command;
    }

    private static async Task RunAsync(ParseResult line, TextReader? terminal, CancellationToken stop)
    {
        var output = line.InvocationConfiguration.Output;
        var file = line.GetRequiredValue(Resume);
        if (File.Exists(file))
        {
            throw new CommandException($"{file} is there already; nothing was changed. Choose another with --resume FILE.");
        }

        var content = line.GetValue(From) is { } source
            ? await TakeOverAsync(line, source, stop)
            : Begin(
                line.GetValue(Name) ?? await AskAsync("Your name: ", terminal, output)
                    ?? throw new CommandException("Whose résumé is it? Say so with --name NAME."),
                OptionText.Parse(
                    SiteUrl.Name,
                    line.GetValue(SiteUrl) ?? await AskAsync("Where the page will be (https://…, or nothing yet): ", terminal, output),
                    WebAddress.Parse));
        await WriteAsync(file, content, stop);
        var option = file == "resume.json" ? "" : $" --resume {ForShell(file)}";
        await output.WriteLineAsync($"""
            {Path.GetFullPath(file)} is yours to edit. Next:
              footfall{option}           the page and its counter, at the address it prints; rendered anew when you save
              footfall build{option}     the same page as files, for any web host
            """);
    }

    private static async Task<string?> AskAsync(string question, TextReader? terminal, TextWriter output)
    {
        if (terminal is null)
        {
            return null;
        }

        await output.WriteAsync(question);
        await output.FlushAsync();
        var answer = await terminal.ReadLineAsync();
        if (answer is null)
        {
            // Ctrl-D leaves the cursor behind the question.
            await output.WriteLineAsync();
        }

        return answer?.Trim() is { Length: > 0 } said ? said : null;
    }

    private static void RefuseNoName(OptionResult result)
    {
        var name = result.GetValueOrDefault<string?>();
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl))
        {
            result.AddError($"{Name.Name}: a name is a line of text, such as 'Jane Doe'.");
        }
    }

    /// <summary>As it can be copied into a shell.</summary>
    private static string ForShell(string file) =>
        file.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or '\\' or ':')
            ? file
            : $"'{file.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Begin(string name, Uri? site) => $$"""
        {
          // Editors that know this address complete and check what you write.
          "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
          "basics": {
            "name": {{Quote(name)}},
            "label": "What you are, in a few words",
        {{(site is null ? "" : $"    \"url\": {Quote(site.AbsoluteUri)},\n")}}    "email": "you@example.com",
            "summary": "Two or three sentences: what you do, and what you are looking for."
          },
          // The latest first. Dates are 2024, 2024-03 or 2024-03-15; without an end it goes on to this day.
          "work": [
            {
              "name": "An employer",
              "position": "What you were there",
              "startDate": "2024-03",
              "highlights": ["Something that you did, with what came of it."]
            }
          ],
          "education": [
            { "institution": "A school", "area": "A subject", "studyType": "A degree", "endDate": "2020" }
          ],
          "skills": [
            { "name": "A field", "keywords": ["one skill", "another"] }
          ]
          // Also: projects, volunteer, awards, certificates, publications, languages, interests, references.
        }

        """;

    private static string Quote(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    // Read as the page will be made of it, so that what cannot be used is said now.
    private static async Task<string> TakeOverAsync(ParseResult line, string source, CancellationToken stop)
    {
        if ((line.GetValue(Name) ?? line.GetValue(SiteUrl)) is not null)
        {
            throw new CommandException($"{From.Name} takes a résumé as it is; it goes with neither {Name.Name} nor {SiteUrl.Name}.");
        }

        var site = await ReadAsync(source, stop);
        foreach (var warning in site.Warnings)
        {
            await line.InvocationConfiguration.Error.WriteLineAsync($"note: {warning}");
        }

        return await File.ReadAllTextAsync(source, stop);
    }

    private static async Task<BuiltSite> ReadAsync(string source, CancellationToken stop)
    {
        try
        {
            return await new ResumeSite(source, new SiteOptions()).RenderAsync(stop);
        }
        catch (CommandException e)
        {
            // The others that read a résumé are told of it by that option.
            throw new CommandException(e.Message.Replace(Resume.Name, From.Name, StringComparison.Ordinal), e);
        }
    }

    private static async Task WriteAsync(string file, string content, CancellationToken stop)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            await using var writer = new StreamWriter(stream);
            await writer.WriteAsync(content.AsMemory(), stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be made: {e.Message}", e);
        }
    }
}
