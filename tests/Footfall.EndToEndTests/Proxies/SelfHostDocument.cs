namespace Footfall.EndToEndTests.Proxies;

/// <summary><c>docs/self-host.md</c>, whose configurations are put to the test as they stand.</summary>
internal static class SelfHostDocument
{
    /// <summary>The fenced block of a language under a heading.</summary>
    public static string Block(string heading, string language)
    {
        var text = File.ReadAllText(Path.Combine(Prerequisite.RepositoryRoot, "docs", "self-host.md"));
        var section = After(text, $"\n### {heading}\n");
        var end = section.IndexOf("\n#", StringComparison.Ordinal);
        var block = After(end < 0 ? section : section[..end], $"```{language}\n");
        return block[..block.IndexOf("```", StringComparison.Ordinal)];
    }

    private static string After(string text, string mark)
    {
        var start = text.IndexOf(mark, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/self-host.md has no '{mark.Trim()}'.");
        return text[(start + mark.Length)..];
    }
}
