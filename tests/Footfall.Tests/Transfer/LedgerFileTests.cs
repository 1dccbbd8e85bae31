using System.Text;
using Footfall.Counting;
using Footfall.Transfer;

namespace Footfall.Tests.Transfer;

public class LedgerFileTests
{
    private const string Entry =
        """{"counter":"/","day":"2026-11-22","visits":5,"repeats":4,"bots":3,"prefetches":2,"optedOuts":1,"limited":6,"visitors":2}""";

    private const string Header = """{"footfall":"ledger","version":1,"ledger":"a","merged":["b","c"],"entries":1}""";
    private const string CsvHeader = "# footfall ledger 1 a entries=1 merged=b;c";
    private const string CsvColumns = "counter,day,visits,repeats,bots,prefetches,optedOuts,limited,visitors";
    private const string CsvEntry = "/,2026-11-22,5,4,3,2,1,6,2";

    private static readonly LedgerFile Sample = new(
        "a",
        ["b", "c"],
        [
            new("/", null, new Tally(Visits: LedgerLimit)),
            new("/", new DateOnly(2026, 11, 22), new Tally(5, 4, 3, 2, 1, 6, 2)),
            new("projects/~x_y.z-1", new DateOnly(1, 1, 1), default),
        ]);

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
        foreach (var file in new[] { Sample, new LedgerFile("alone", [], []) })
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
        }
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
        { Header.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal), "found version 2", "version 1" },
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
        { $"{Header}\n{Entry.Replace("5", "1", StringComparison.Ordinal)}", "2 visitors with 1 visits", "no more" },
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
        { $"{CsvHeader}\n{CsvColumns}\n/,2026-11-22,5", "line 3: found 3 columns", "expected 9" },
        { $"{CsvHeader}\n{CsvColumns}\n{CsvEntry},7", "line 3: found 10 columns", "expected 9" },
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

    private static Task<LedgerFile> ReadAsync(string content) =>
        LedgerFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), "counts.jsonl", Cancellation);
}
