using System.Net;
using Footfall.Api;
using Footfall.Counting;
using Footfall.Server;
using Footfall.Sqlite;
using Footfall.Tests.Hosts;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Api;

public sealed class FullFamilyTests : FullFamilyConformance, IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private SqliteVisitStore? shared;

    // A database has one server, and so one store.
    protected override Task<IVisitStore> OpenAsync(int instance) =>
        Task.FromResult<IVisitStore>(shared ??= SqliteVisitStore.Open(directory.File("visits.db"), TimeProvider.System));

    [Fact]
    public async Task The_owner_is_told_once()
    {
        var store = await OpenAsync(0);
        var settings = new HostSettings { Counters = new CounterKeys(["/family/*"]), RequestsPerMinute = null };
        await using var host = await KestrelHost.StartAsync(settings, store);
        for (var page = 0; page < CounterKeys.FamilyCeiling; page++)
        {
            Assert.True(await store.AdmitAsync("/family/*", $"/family/{page}", CounterKeys.FamilyCeiling, TestContext.Current.CancellationToken));
        }

        foreach (var page in new[] { "more", "and-more" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/visits")
            {
                Content = new StringContent($$"""{"counter":"/family/{{page}}"}"""),
            };
            request.Headers.Add("User-Agent", Browsers.Firefox);
            using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        var line = Assert.Single(host.Faults.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("/family/* has all the counters that a family may have", line, StringComparison.Ordinal);
        Assert.DoesNotContain("more", line.Replace("no more", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (shared is not null)
        {
            await shared.DisposeAsync();
        }

        directory.Dispose();
    }
}
