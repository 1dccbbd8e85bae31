using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Footfall.Cli.Files;
using Footfall.Cli.Printing;
using Footfall.Cli.Settings;
using Footfall.Reporting;
using QRCoder;

namespace Footfall.Cli.Commands;

/// <summary>The owner's links: an address for each application, and whether it was opened.</summary>
internal static class LinkCommand
{
    private const string Notes = """
        Examples:
          footfall link add "Acme, platform lead" --site-url https://jane.example.com
          footfall link add "Business card" --qr-file card.svg
          footfall link list
          footfall link rename k7f3q2xm "Acme, staff engineer"

        A link's name is kept with the counts and nowhere else; its address says nothing of it. A server that is running
        knows a new link at once. FOOTFALL_SITE_URL says where the page is for good.
        """;

    private static readonly Argument<string> Name = new("NAME")
    {
        Description = $"What the link is for, as the owner calls it: at most {Link.MaxNameLength} characters.",
    };

    private static readonly Argument<string> Key = new("KEY")
    {
        Description = "The link's key, the end of its address.",
    };

    private static readonly Option<bool> Qr = new("--qr") { Description = "Draws the address here, for a telephone's camera." };

    private static readonly Option<string?> QrFile = new("--qr-file")
    {
        Description = "Draws the address into an SVG file, for paper.",
        HelpName = "FILE",
    };

    /// <param name="random">Makes the keys.</param>
    public static Command Create(SettingsReader reader, TimeProvider clock, RandomNumberGenerator random, Random dice)
    {
        Name.Validators.Add(Refuse(Link.ParseName));
        Key.Validators.Add(Refuse(Link.ParseKey));
        var add = new CommandWithNotes("add", "Makes a link and shows its address.", Notes) { Name, Qr, QrFile };
        var list = new CommandWithNotes("list", "Shows the links, and how often and when each was opened.", Notes);
        var rename = new CommandWithNotes("rename", "Calls a link otherwise; its address stays.", Notes) { Key, Name };
        var remove = new CommandWithNotes(
            "remove", "Forgets a link: whoever comes by it counts for the page alone. What it counted stays in the store.", Notes) { Key };
        Run(add, (line, store, site, stop) => AddAsync(line, store.Links, site, clock, random, stop));
        Run(list, (line, store, site, stop) => ListAsync(store, site, line.InvocationConfiguration.Output, stop));
        Run(rename, (line, store, _, stop) => RenameAsync(line, store.Links, stop));
        Run(remove, (line, store, _, stop) => RemoveAsync(line, store.Links, stop));
        return new CommandWithNotes("link", "Addresses for applications, each counted by itself.", Notes) { add, list, rename, remove };

        void Run(Command command, Func<ParseResult, OpenedStore, Uri?, CancellationToken, Task> act)
        {
            var counts = new CountsOptions(command, reader, ServeSettings.Place);
            command.SetAction(async (line, stop) =>
            {
                await using var store = await counts.OpenAsync(line, mayBeNew: command == add, clock, dice, stop);
                await Failures.ExplainAsync(async () =>
                {
                    await act(line, store, counts.Read(line).Site, stop);
                    return true;
                });
            });
        }
    }

    private static async Task AddAsync(
        ParseResult line,
        ILinkStore links,
        Uri? site,
        TimeProvider clock,
        RandomNumberGenerator random,
        CancellationToken stop)
    {
        var isDrawn = line.GetValue(Qr) || line.GetValue(QrFile) is not null;
        if (isDrawn && site is null)
        {
            throw new CommandException("A picture needs the whole address: say where the page is with --site-url URL.");
        }

        var name = Link.ParseName(line.GetRequiredValue(Name));
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        Link link;
        do
        {
            link = new Link(Link.MakeKey(random), name, today);
        }
        while (!await links.AddLinkAsync(link, stop));

        var address = AddressOf(link, site);
        var output = line.InvocationConfiguration.Output;
        await output.WriteLineAsync(address);
        if (site is null)
        {
            await line.InvocationConfiguration.Error.WriteLineAsync(
                "note: this goes behind the page's address; --site-url URL, or FOOTFALL_SITE_URL for good, writes it in front.");
        }

        if (isDrawn)
        {
            await DrawAsync(address, line.GetValue(Qr) ? output : null, line.GetValue(QrFile), stop);
        }
    }

    private static async Task DrawAsync(string address, TextWriter? output, string? file, CancellationToken stop)
    {
        if (output is not null)
        {
            // It takes the code with it when it is disposed.
            using var drawing = new AsciiQRCode(Encode(address));
            await output.WriteLineAsync(drawing.GetGraphicSmall());
        }

        if (file is not null)
        {
            using var code = Encode(address);
            await WriteAsync(file, QrPicture.Draw(code), stop);
        }
    }

    private static QRCodeData Encode(string address) => QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);

    private static async Task WriteAsync(string file, string svg, CancellationToken stop)
    {
        try
        {
            await WholeFile.WriteAsync(file, Encoding.UTF8.GetBytes(svg), stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be written: {e.Message} Choose another place with --qr-file FILE.", e);
        }
    }

    private static async Task ListAsync(OpenedStore store, Uri? site, TextWriter output, CancellationToken stop)
    {
        var reports = await LinkReport.ReadAllAsync(store.Links, store.Store, stop);
        if (reports.Count == 0)
        {
            await output.WriteLineAsync("There is no link yet: footfall link add NAME makes one.");
            return;
        }

        List<string[]> rows = [["address", "visits", "first", "last", "bots", "name"]];
        rows.AddRange(reports.Select(report => new[]
        {
            AddressOf(report.Link, site),
            Text(report.Total.Visits),
            report.First is { } first ? Text(first) : "not yet",
            report.Last is { } last ? Text(last) : "",
            Text(report.Total.Bots),
            report.Link.Name,
        }));
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
        {
            await output.WriteLineAsync(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private static async Task RenameAsync(ParseResult line, ILinkStore links, CancellationToken stop)
    {
        var key = line.GetRequiredValue(Key);
        Require(key, await links.RenameLinkAsync(key, Link.ParseName(line.GetRequiredValue(Name)), stop));
    }

    private static async Task RemoveAsync(ParseResult line, ILinkStore links, CancellationToken stop)
    {
        var key = line.GetRequiredValue(Key);
        Require(key, await links.RemoveLinkAsync(key, stop));
    }

    private static void Require(string key, bool isThere)
    {
        if (!isThere)
        {
            throw new CommandException($"There is no link {key}. footfall link list shows those that there are.");
        }
    }

    private static string AddressOf(Link link, Uri? site) =>
        $"{site?.AbsoluteUri.TrimEnd('/')}/?{Link.Parameter}={link.Key}";

    private static Action<ArgumentResult> Refuse(Func<string, string> parse) => result =>
    {
        try
        {
            _ = parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
        }
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
