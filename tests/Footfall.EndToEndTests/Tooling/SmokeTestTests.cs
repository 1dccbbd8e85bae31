using Footfall.Api;
using Footfall.EndToEndTests.Page;
using Footfall.Server;
using Footfall.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Footfall.EndToEndTests.Tooling;

/// <summary>A deployment is rolled back by what <c>script/smoke-test</c> says: it is right whatever the owner has set.</summary>
public sealed class SmokeTestTests
{
    private static readonly string[] Tools = ["curl", "jq"];

    [Theory]
    [InlineData(PublicNumbers.Nothing)]
    [InlineData(PublicNumbers.Count)]
    [InlineData(PublicNumbers.Ledger)]
    public async Task What_answers_passes_whatever_is_published(PublicNumbers published)
    {
        Assert.All(Tools, Tool.Require);
        await using var host = await KestrelHost.StartAsync(
            new HostSettings { Public = published, RequestsPerMinute = null, Counters = new CounterKeys(["/blog/*", "readme"]) });

        var passed = await Tool.RunAsync("script/smoke-test", [host.Url.ToString()]);

        Assert.Contains("answers as it should", passed.Expect().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"message":"Not Found"}""", "the count is {")]
    [InlineData("<!doctype html>", "the count is <!doctype html>")]
    public async Task A_count_that_something_else_answers_for_fails(string body, string complaint)
    {
        Assert.All(Tools, Tool.Require);
        await using var host = await SiteServer.StartAsync(
            [new("api/health", "application/json", "no-store", """{"status":"ok"}"""u8.ToArray())],
            context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return context.Response.WriteAsync(body, TestContext.Current.CancellationToken);
            });

        var failed = await Tool.RunAsync("script/smoke-test", [host.Url.ToString()]);

        Assert.Contains(complaint, failed.Expect(1).Output, StringComparison.Ordinal);
    }
}
