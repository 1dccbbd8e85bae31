using Footfall.Site;
using Microsoft.AspNetCore.Http;

namespace Footfall.EndToEndTests.Page;

/// <summary>The repository's own résumé as a site, and an API that always answers the same.</summary>
internal static class ExampleSite
{
    public static async Task<IReadOnlyList<SiteFile>> BuildAsync(SiteOptions? options = null)
    {
        var resume = await ResumeReader.ReadAsync(Path.Combine(Prerequisite.RepositoryRoot, "resume.json"));
        return (await SiteBuilder.BuildAsync(resume, options ?? new())).Files;
    }

    public static Task Api(HttpContext context) =>
        context.Response.WriteAsJsonAsync(new { counter = "/", visits = 1235, visitors = 1012, outcome = "visit" });
}
