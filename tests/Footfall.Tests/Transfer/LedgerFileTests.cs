using System.Text;
using Footfall.Counting;
using Footfall.Reporting;
using Footfall.Transfer;

namespace Footfall.Tests.Transfer;

public class LedgerFileTests
{
    private const string Entry =
        """{"counter":"/","day":"2026-11-22","visits":5,"repeats":4,"bots":3,"prefetches":2,"optedOuts":1,"limited":6,"visitors":2,"sources":{"direct":2,"linkedin":3}}""";

    private const string Header = """{"footfall":"ledger","version":2,"ledger":"a","merged":["b","c"],"links":0,"entries":1}""";
    private const string LinkLine = """{"link":"k7f3q2xm","name":"Acme, platform lead","created":"2026-11-20"}""";
    private const string HeaderWithLink = """{"footfall":"ledger","version":2,"ledger":"a","merged":["b","c"],"links":1,"entries":1}""";
    private const string CsvHeader = "# footfall ledger 2 a entries=1 merged=b;c";
    private const string CsvColumns = "counter,day,visits,repeats,bots,prefetches,optedOuts,limited,visitors,sources";
    private const string CsvEntry = "/,2026-11-22,5,4,3,2,1,6,2,direct=2;linkedin=3";

    private static readonly LedgerFile Sample = new(
        "a",
        ["b", "c"],
        [
            new("/", null, new Tally(Visits: LedgerLimit)),
            new("/", new DateOnly(2026, 11, 22), new Tally(5, 4, 3, 2, 1, 6, 2), Sources(("direct", 2), ("linkedin", 3))),
            new("projects/~x_y.z-1", new DateOnly(1, 1, 1), default),
        ]);

    private static readonly string ManySources =
        string.Join(',', Enumerable.Range(0, 251).Select(number => $"\"site{number}\":0"));

    private const long LedgerLimit = 9_007_199_254_740_991;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Json_lines_are_as_documented()
    {
        using var written = new MemoryStream();
        await JsonLinesFormat.WriteAsync(Sample with { Entries = [Sample.Entries[1]] }, written, Cancellation);

        Assert.Equal($"{Header}\n{Entry}\n", Encoding.UTF8.GetString(written.ToArray()));
    }

    [Fact]
    public async Task Csv_is_as_documented()
    {
        using var written = new MemoryStream();
        await CsvFormat.WriteAsync(Sample with { Entries = [Sample.Entries[1]] }, written, Cancellation);

        Assert.Equal(
            $"{CsvHeader}\n{CsvColumns}\n{CsvEntry}\n", Encoding.UTF8.GetString(written.ToArray()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_written_is_read_as_it_was(bool csv)
    {
        var links = csv ? [] : new[] { new Link("abcdefgh", "A \"quoted\" \u202Ename\u202C, 100% <b>", new(2026, 11, 20)), new Link("k7f3q2xm", "Acme", new(1, 1, 1)) };
        foreach (var file in new[] { Sample with { Links = links }, new LedgerFile("alone", [], []) })
        {
            using var written = new MemoryStream();
            await (csv
                ? CsvFormat.WriteAsync(file, written, Cancellation)
                : JsonLinesFormat.WriteAsync(file, written, Cancellation));
            written.Position = 0;

            var read = await LedgerFile.ReadAsync(written, "file", Cancellation);

            Assert.Equal(file.Ledger, read.Ledger);
            Assert.Equal(file.Merged, read.Merged);
            Assert.Equal(file.Entries, read.Entries);
            Assert.Equal(file.Links, read.Links);
        }
    }

    [Fact]
    public async Task A_link_stands_in_a_line_of_its_own_before_the_entries()
    {
        var file = Sample with { Entries = [Sample.Entries[1]], Links = [new("k7f3q2xm", "Acme, platform lead", new(2026, 11, 20))] };
        using var written = new MemoryStream();
        await JsonLinesFormat.WriteAsync(file, written, Cancellation);

        Assert.Equal($"{HeaderWithLink}\n{LinkLine}\n{Entry}\n", Encoding.UTF8.GetString(written.ToArray()));
    }

    [Theory]
    [InlineData("version-1.jsonl")]
    [InlineData("version-1.csv")]
    public async Task A_file_of_the_first_version_is_read(string name)
    {
        await using var file = File.OpenRead(Repository.File("tests", "Footfall.Tests", "Transfer", name));

        var read = await LedgerFile.ReadAsync(file, name, Cancellation);

        Assert.Equal(("316d942f9fd9758c73f92c95d6e9e47a", "elsewhere"), (read.Ledger, Assert.Single(read.Merged)));
        Assert.Equal(
            [
                new LedgerEntry("/", null, new Tally(Visits: 1_234)),
                new LedgerEntry("/", new DateOnly(2026, 11, 22), new Tally(5, 4, 3, 2, 1, 6, 2)),
                new LedgerEntry("readme", new DateOnly(2026, 11, 22), new Tally(Visits: 1, Visitors: 1)),
            ],
            read.Entries);
        Assert.Empty(read.Links);
    }

    [Theory]
    [InlineData($"\uFEFF{Header}\r\n{Entry}\r\n")]
    [InlineData($"\uFEFF{CsvHeader}\r\n{CsvColumns}\r\n{CsvEntry}\r\n")]
    [InlineData($"{CsvHeader}\n{CsvColumns}\n{CsvEntry}")]
    [InlineData($"{Header}\n{Entry}\n\n \r\n")]
    [InlineData($"{CsvHeader}\n{CsvColumns}\n{CsvEntry}\n\n")]
    public async Task A_byte_order_mark_and_other_line_ends_do_no_harm(string content)
    {
        Assert.Equal([Sample.Entries[1]], (await ReadAsync(content)).Entries);
    }

    public static TheoryData<string, string, string> MalformedFiles => new()
    {
        { "", "is empty", "footfall export" },
        { "\n", "line 1", "footfall export" },
        { "<html>", "line 1: found '<html>'", "footfall export" },
        { "PK\u0003\u0004\0\0", "line 1", "footfall export" },
        { "counter,day,visits\n/,2026-11-22,1", "line 1", "footfall export" },
        { "{", "line 1: found no JSON object ({)", "ends on its line" },
        { "{}", "line 1: found no footfall", "footfall, version" },
        { new string('[', 100_000), "line 1", "footfall export" },
        { "{\"a\":" + new string('[', 100_000), "line 1: found no JSON object", "ends on its line" },
        { """{"footfall":"other","version":1,"ledger":"a","merged":[],"entries":0}""", "\"other\"", "footfall export" },
        { """{"footfall":1,"version":1,"ledger":"a","merged":[],"entries":0}""", "found 1", "footfall export" },
        { Header.Replace("\"version\":2", "\"version\":3", StringComparison.Ordinal), "found version 3", "versions 1 to 2" },
        { Header.Replace("\"version\":2", "\"version\":1", StringComparison.Ordinal), "found 'links'", "footfall, version" },
        { Header.Replace("\"links\":0,", "", StringComparison.Ordinal), "found no links", "links" },
        { HeaderWithLink, "ends after 0 of 1 links", "cut short" },
        { $"{HeaderWithLink}\n{Entry}", "line 2: found 'counter'", "link, name, created" },
        { $"{Header}\n{LinkLine}", "line 2: found 'link'", "counter, day" },
        { $"{HeaderWithLink}\n{LinkLine.Replace("k7f3q2xm", "k7f3q2x", StringComparison.Ordinal)}", "the link 'k7f3q2x'", "eight of a to z" },
        { $"{HeaderWithLink}\n{LinkLine.Replace("Acme, platform lead", "\\u001b[31m", StringComparison.Ordinal)}", "line 2", "1 to 200 characters" },
        { $"{HeaderWithLink}\n{LinkLine.Replace("Acme, platform lead", new string('n', 300), StringComparison.Ordinal)}", "line 2", "1 to 200 characters" },
        { $"{HeaderWithLink}\n{LinkLine.Replace("\"2026-11-20\"", "null", StringComparison.Ordinal)}", "found null for created", "a text" },
        { $"{HeaderWithLink.Replace("\"links\":1", "\"links\":2", StringComparison.Ordinal)}\n{LinkLine}\n{LinkLine}", "line 3: found the link k7f3q2xm again", "each once" },
        { $"{Header}\n{Entry.Replace("linkedin\":3", "linkedin\":4", StringComparison.Ordinal)}", "sources of 6 visits with 5 visits", "no more" },
        { $"{Header}\n{Entry.Replace("linkedin\":3", "linkedin\":-3", StringComparison.Ordinal)}", "'-3' for linkedin", "whole number" },
        { $"{Header}\n{Entry.Replace("linkedin", "intranet acme", StringComparison.Ordinal)}", "the source 'intranet acme'", "1 to 40 of a-z" },
        { $"{Header}\n{Entry.Replace("linkedin", "unknown", StringComparison.Ordinal)}", "the source 'unknown'", "not unknown" },
        { $"{Header}\n{Entry.Replace("linkedin", "direct", StringComparison.Ordinal)}", "the source direct twice", "each once" },
        { $"{Header}\n{Entry.Replace("{\"direct\":2,\"linkedin\":3}", "[]", StringComparison.Ordinal)}", "found [] for sources", "object" },
        { $"{Header}\n{Entry.Replace("\"2026-11-22\"", "null", StringComparison.Ordinal)}", "sources without a day", "days only" },
        { $"{Header}\n{Entry.Replace("\"direct\":2", ManySources, StringComparison.Ordinal)}", "more than 250 sources", "no more" },
        { $"{CsvHeader}\n{CsvColumns}\n{CsvEntry.Replace("direct=2", "direct", StringComparison.Ordinal)}", "'direct' for sources", "direct=3" },
        { $"{CsvHeader}\n{CsvColumns}\n{CsvEntry.Replace("direct=2", "direct=2=2", StringComparison.Ordinal)}", "'direct=2=2' for sources", "direct=3" },
        { $"{CsvHeader}\n{CsvColumns}\n{CsvEntry.Replace("direct=2", "=2", StringComparison.Ordinal)}", "the source ''", "a-z" },
        { $"{CsvHeader.Replace("ledger 2", "ledger 3", StringComparison.Ordinal)}", "line 1: found", "footfall ledger 2" },
        { Header.Replace("\"a\"", "\"\"", StringComparison.Ordinal), "ledger id ''", "A-Z" },
        { Header.Replace("\"a\"", "\"a b\"", StringComparison.Ordinal), "ledger id 'a b'", "A-Z" },
        { Header.Replace("\"a\"", "7", StringComparison.Ordinal), "found 7 for ledger", "a text" },
        { Header.Replace("\"a\"", "\"\\ud800\"", StringComparison.Ordinal), "line 1", "UTF-16" },
        { Header.Replace("[\"b\",\"c\"]", "{}", StringComparison.Ordinal), "found {} for merged", "list of ids" },
        { Header.Replace("[\"b\",\"c\"]", "[1]", StringComparison.Ordinal), "found 1 for merged", "a text" },
        { Header.Replace("\"entries\":1", "\"entries\":-1", StringComparison.Ordinal), "found '-1' for entries", "whole" },
        { Header, "ends after 0 of 1 entries", "cut short" },
        { $"{Header}\n{Entry[..40]}", "line 2: found no JSON object", "ends on its line" },
        { $"{Header}\n\n", "ends after 0 of 1", "cut short" },
        { $"{Header}\n\n{Entry}", "line 3: found more behind the empty line 2", "at the end only" },
        { Header.Replace("\"a\"", "\"a\\n=1+1\"", StringComparison.Ordinal), "ledger id 'a?=1+1'", "A-Z" },
        { Header.Replace("\"a\"", "\"\u202E\"", StringComparison.Ordinal), "ledger id '?'", "A-Z" },
        { Header.Replace("\"a\"", "\"start\"", StringComparison.Ordinal), "ledger id 'start'", "not start" },
        { Header.Replace("\"a\"", $"\"{new string('a', 201)}\"", StringComparison.Ordinal), "ledger id 'aaa", "1 to 200" },
        { Header.Replace("\"b\"", "\"c\"", StringComparison.Ordinal), "ledger id c twice", "each once" },
        { Header.Replace("\"b\"", "\"a\"", StringComparison.Ordinal), "ledger id a twice", "each once" },
        { CsvHeader.Replace("b;c", "b;b", StringComparison.Ordinal), "ledger id b twice", "each once" },
        { CsvHeader.Replace(" a ", " =a ", StringComparison.Ordinal), "ledger id '=a'", "A-Z" },
        { $"{Header}\n{new string(' ', LedgerFile.MaxLineLength)}{Entry}", "line 2: found more than 1048576", "shorter" },
        { $"{Header}\n{Entry.Replace("\"/\"", $"\"{new string('k', 500)}\"", StringComparison.Ordinal)}", "no counter key", "A-Z" },
        { $"{CsvHeader}\n{CsvColumns}\n{CsvEntry.Replace(",5", ",\u001b[31m5", StringComparison.Ordinal)}", "'?[31m5' for visits", "whole" },
        { $"{Header}\n[]", "line 2: found []", "counter, day" },
        { $"{Header}\n{Entry}\n{Entry}", "line 3: found another entry", "expected 1" },
        { $"{Header.Replace(":1}", ":2}", StringComparison.Ordinal)}\n{Entry}\n{Entry}", "line 3", "which line 2 has" },
        { $"{Header}\n{Entry.Replace("5", "-5", StringComparison.Ordinal)}", "found '-5' for visits", "whole number" },
        { $"{Header}\n{Entry.Replace("5", "5.5", StringComparison.Ordinal)}", "found '5.5' for visits", "whole number" },
        { $"{Header}\n{Entry.Replace("5", "1e9", StringComparison.Ordinal)}", "found '1e9' for visits", "whole number" },
        { $"{Header}\n{Entry.Replace("5", "\"5\"", StringComparison.Ordinal)}", "found '\"5\"' for visits", "whole" },
        { $"{Header}\n{Entry.Replace("5", "null", StringComparison.Ordinal)}", "found 'null' for visits", "whole" },
        { $"{Header}\n{Entry.Replace("5", "9007199254740992", StringComparison.Ordinal)}", "visits", "9007199254740991" },
        { $"{Header}\n{Entry.Replace("5", "99999999999999999999", StringComparison.Ordinal)}", "visits", "whole number" },
        { $"{Header}\n{Entry.Replace("\"visits\":5", "\"visits\":1", StringComparison.Ordinal)}", "2 visitors with 1 visits", "no more" },
        { $"{Header}\n{Entry.Replace("2026-11-22", "2026-02-30", StringComparison.Ordinal)}", "'2026-02-30'", "2026-11-22" },
        { $"{Header}\n{Entry.Replace("2026-11-22", "22.11.2026", StringComparison.Ordinal)}", "'22.11.2026'", "2026-11-22" },
        { $"{Header}\n{Entry.Replace("\"2026-11-22\"", "20261122", StringComparison.Ordinal)}", "found 20261122", "a text" },
        { $"{Header}\n{Entry.Replace("\"/\"", "\"a#b\"", StringComparison.Ordinal)}", "'a#b' is no counter key", "A-Z" },
        { $"{Header}\n{Entry.Replace("\"/\"", "\"\"", StringComparison.Ordinal)}", "'' is no counter key", "A-Z" },
        { $"{Header}\n{Entry.Replace("bots", "robots", StringComparison.Ordinal)}", "found 'robots'", "bots" },
        { $"{Header}\n{Entry.Replace("bots", "visits", StringComparison.Ordinal)}", "found 'visits'", "second time" },
        { $"{Header}\n{Entry.Replace("\"bots\":3,", "", StringComparison.Ordinal)}", "found no bots", "bots" },
        { $"{CsvHeader}", "ends after 0 of 1", "cut short" },
        { $"{CsvHeader}\nvisits,counter\n", "line 2: found other columns", CsvColumns },
        { $"{CsvHeader}\n{CsvColumns}\n/,2026-11-22,5", "line 3: found 3 columns", "expected 10" },
        { $"{CsvHeader}\n{CsvColumns}\n{CsvEntry},7", "line 3: found 11 columns", "expected 10" },
        { $"{CsvHeader}\n{CsvColumns}\n{CsvEntry.Replace("5", "+5", StringComparison.Ordinal)}", "'+5' for visits", "whole" },
        { $"{CsvHeader}\n{CsvColumns}\n{CsvEntry.Replace("5", "=5", StringComparison.Ordinal)}", "'=5' for visits", "whole" },
        { $"{CsvHeader}\n{CsvColumns}\n{CsvEntry.Replace("/,", "\"/\",", StringComparison.Ordinal)}", "no counter key", "A-Z" },
        { CsvHeader.Replace("entries=1", "entries=x", StringComparison.Ordinal), "'x' for entries", "whole number" },
    };

    [Theory]
    [MemberData(nameof(MalformedFiles))]
    public async Task A_malformed_file_is_refused_with_its_place_what_was_found_and_what_was_expected(
        string content, string found, string expected)
    {
        var refusal = await Assert.ThrowsAsync<TransferException>(() => ReadAsync(content));

        Assert.StartsWith("counts.jsonl", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(found, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, character => char.IsControl(character));
        Assert.InRange(refusal.Message.Length, 1, 500);
    }

    private static SourceCounts Sources(params (string Name, long Visits)[] counts) =>
        SourceCounts.Of(counts.Select(count => KeyValuePair.Create(Source.Named(count.Name), count.Visits)));

    private static Task<LedgerFile> ReadAsync(string content) =>
        LedgerFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), "counts.jsonl", Cancellation);
}
