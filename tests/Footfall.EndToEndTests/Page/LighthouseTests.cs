using System.Text.Json;

namespace Footfall.EndToEndTests.Page;

/// <summary>What Lighthouse gives each page on a telephone, on a slow line.</summary>
public sealed class LighthouseTests
{
    [Fact]
    public async Task Every_page_has_all_points_and_never_moves()
    {
        List<SiteServer> servers = [];
        foreach (var name in MeasuredPages.Names)
        {
            servers.Add(await SiteServer.StartAsync((await MeasuredPages.BuildAsync(name.Data)).Files, ExampleSite.Api));
        }

        var addresses = servers.Select(server => server.Url.AbsoluteUri).Append(new Uri(servers[0].Url, "404.html").AbsoluteUri).ToArray();
        var results = await MeasureAsync(addresses);

        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        Assert.All(results, result => Assert.Equal("[100,100,100,100] 0", Summary(result)));
    }

    /// <summary>What Lighthouse says of each address.</summary>
    internal static async Task<IReadOnlyList<JsonElement>> MeasureAsync(params string[] addresses)
    {
        var tools = Path.Combine(Prerequisite.RepositoryRoot, "artifacts", "tools", "page");
        Prerequisite.RequireFile(Path.Combine(tools, "installed.json"));
        Prerequisite.RequireFile(Browser.ChromiumFixture.Executable);
        var script = Path.Combine(tools, $"lighthouse-{Guid.NewGuid():N}.mjs");
        File.Copy(Path.Combine(Prerequisite.RepositoryRoot, "tests/Footfall.EndToEndTests/Page/tools/lighthouse.mjs"), script);
        var (_, output, errors) = await ExternalProgram.RunAsync("node", [script, Browser.ChromiumFixture.Executable, .. addresses]);
        File.Delete(script);
        var results = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.True(results.Count == addresses.Length, errors);
        return results;
    }

    /// <summary>What cost a point is in it; an audit may be short of its best without costing one.</summary>
    private static string Summary(JsonElement result)
    {
        var scores = result.GetProperty("scores").ToString();
        return $"{scores} {result.GetProperty("layoutShift")}{(scores == "[100,100,100,100]" ? "" : result.GetProperty("lost"))}";
    }
}
