using Footfall.Site;

namespace Footfall.EndToEndTests.Page;

/// <summary>
/// The pages that everything about pages is measured on: the example, other languages, odd résumés, and one with the way
/// to its translations.
/// </summary>
internal static class MeasuredPages
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(ExampleSite.Resume)!, "resumes");

    public static TheoryData<string> Names { get; } = new(
    [
        "example", .. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(name => !name.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ]);

    public static async Task<BuiltSite> BuildAsync(string name, SiteOptions? options = null)
    {
        var file = name == "example" ? ExampleSite.Resume : Path.Combine(Folder, $"{name}.json");
        var resumes = new List<Resume>();
        foreach (var one in ResumeFiles.Of(file))
        {
            resumes.Add(await ResumeReader.ReadAsync(one));
        }

        return await SiteBuilder.BuildAsync(
            resumes, options ?? new() { KnownVisits = 7, SiteUrl = new("https://jane.example.com/") });
    }
}
