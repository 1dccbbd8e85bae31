using Footfall.Site;
using Microsoft.AspNetCore.Http;

namespace Footfall.EndToEndTests.Page;

/// <summary>
/// The tests' own résumé as a site, and an API that always answers the same. The owner's <c>resume.json</c> is theirs:
/// no test depends on it.
/// </summary>
internal static class ExampleSite
{
    /// <summary>The example that the repository came with, kept where its owner does not edit it.</summary>
    public static string Resume { get; } =
        Path.Combine(Prerequisite.RepositoryRoot, "tests", "example", "resume.json");

    public static async Task<IReadOnlyList<SiteFile>> BuildAsync(SiteOptions? options = null)
    {
        var resume = await ResumeReader.ReadAsync(Resume);
        return (await SiteBuilder.BuildAsync(resume, options ?? new())).Files;
    }

    public static Task Api(HttpContext context) =>
        context.Response.WriteAsJsonAsync(new { counter = "/", visits = 1235, visitors = 1012, outcome = "visit" });
}
