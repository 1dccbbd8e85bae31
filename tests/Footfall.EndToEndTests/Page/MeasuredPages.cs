using Footfall.Site;

namespace Footfall.EndToEndTests.Page;

/// <summary>The pages that everything about pages is measured on: the example, translations, odd résumés.</summary>
internal static class MeasuredPages
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(ExampleSite.Resume)!, "resumes");

    public static TheoryData<string> Names { get; } = new(
    [
        "example", .. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal),
    ]);

    public static async Task<BuiltSite> BuildAsync(string name, SiteOptions? options = null)
    {
        var file = name == "example" ? ExampleSite.Resume : Path.Combine(Folder, $"{name}.json");
        return await SiteBuilder.BuildAsync(
            await ResumeReader.ReadAsync(file), options ?? new() { KnownVisits = 7, SiteUrl = new("https://jane.example.com/") });
    }
}
