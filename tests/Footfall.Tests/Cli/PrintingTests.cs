using Footfall.Cli.Printing;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Cli;

/// <summary>What is printed is shown by a terminal, and never obeyed.</summary>
public sealed class PrintingTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Zoë 履歴書 👩‍💻\tand\nlines", "Zoë 履歴書 👩‍💻\tand\nlines")]
    [InlineData("\u001b[31mred\u001b]0;title\a", "\\u001b[31mred\\u001b]0;title\\u0007")]
    [InlineData("over\rwritten\b\0\u007f", "over\\u000dwritten\\u0008\\u0000\\u007f")]
    [InlineData("\u009b31m\u0085", "\\u009b31m\\u0085")]
    [InlineData("\u202egpj.exe\u2066\u200f\u061c\u2028", "\\u202egpj.exe\\u2066\\u200f\\u061c\\u2028")]
    public void Commands_to_a_terminal_are_written_out(string text, string printed) =>
        Assert.Equal(printed, PrintedText.Of(text));

    [Fact]
    public void Whichever_way_text_is_written_it_is_printed()
    {
        using var terminal = new StringWriter { NewLine = "\n" };
        using var printer = new Printer(terminal) { NewLine = "\n" };

        printer.Write('\u001b');
        printer.Write(['a', '\u001b'], 0, 2);
        printer.Write("b\u001b".AsSpan());
        printer.Write("c{0}", "\u001b");
        printer.WriteLine("d\u001b");
        printer.Write(new System.Text.StringBuilder("e\u001b"));
        printer.WriteLine("f\u001b".AsSpan());
        printer.WriteLine();

        const string Escape = "\\u001b";
        Assert.Equal(
            $"{Escape}a{Escape}b{Escape}c{Escape}d{Escape}\ne{Escape}f{Escape}\n\n", terminal.ToString());
    }

    [Theory]
    [InlineData("build", "--resume", "resume.json")]
    [InlineData("build", "--resume", "broken.json")]
    [InlineData("build", "--resume", "no\u001b[31m\u202efile.json")]
    [InlineData("build", "--count", "\u001b[31m")]
    [InlineData("\u001b[31m")]
    [InlineData("import", "import.jsonl")]
    public async Task Nothing_that_others_wrote_reaches_the_terminal_raw(params string[] arguments)
    {
        await WriteAsync("resume.json", """{ "basics": { "name": "Jane \u001b[31m", "na\u001b[2Jme\u202e\ninjected: line": 1, "image": "\u001b]0;x\u0007.png" } }""");
        await WriteAsync("broken.json", """{ "basics": { "name": { "\u001b[2J": 1 }, "url": "\u009b31m\u202e\nfootfall: all is well" }, "\u001b[2J\u0007": 7 }""");
        await WriteAsync("import.jsonl", "{\"footfall\":\"\\u001b[31m\u001b[31m\",\"\u009b\":1}\n\u001b]0;title\u0007");

        await using var footfall = await FootfallProcess.RunAsync(folder.FullName, arguments);

        var printed = footfall.Output + footfall.Error;
        Assert.DoesNotContain(printed, letter => (char.IsControl(letter) && letter is not ('\n' or '\t')) || letter is '\u202e');
        Assert.DoesNotContain(printed.Split('\n'), line => line.StartsWith("injected", StringComparison.Ordinal) || line.StartsWith("footfall: all is well", StringComparison.Ordinal));
        Assert.NotEqual("", footfall.Error + footfall.Output);
    }

    private Task WriteAsync(string name, string content) =>
        File.WriteAllTextAsync(folder.File(name), content, TestContext.Current.CancellationToken);
}
