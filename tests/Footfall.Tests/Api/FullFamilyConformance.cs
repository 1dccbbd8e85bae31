using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Footfall.Api;
using Footfall.Counting;

namespace Footfall.Tests.Api;

/// <summary>A family of counters at its ceiling, over any store: inherit, and give a store with two ways to it.</summary>
public abstract class FullFamilyConformance
{
    private const string Family = "/family/*";
    private const int Room = 5;
    private const int Newcomers = 24;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One of two instances on the same counts, as two servers or two functions are.</summary>
    protected abstract Task<IVisitStore> OpenAsync(int instance);

    [Fact]
    public async Task Newcomers_at_once_take_the_room_that_is_left_and_no_more()
    {
        IVisitStore[] stores = [await OpenAsync(0), await OpenAsync(1)];
        await FillAsync(stores[0], CounterKeys.FamilyCeiling - Room);

        var answers = await Task.WhenAll(Enumerable.Range(0, Newcomers).Select(page =>
            CountAsync(stores[page % 2], Page(page), Browsers.Firefox, page)));

        var admitted = answers.Index().Where(answer => answer.Item.Status == 200).Select(answer => Page(answer.Index)).ToList();
        Assert.Equal(Room, admitted.Count);
        Assert.All(answers.Where(answer => answer.Status != 200), IsRefusedForWantOfRoom);
        foreach (var store in stores)
        {
            var keys = await store.ReadAdmittedAsync(Family, Cancellation);
            Assert.Equal(CounterKeys.FamilyCeiling, keys.Count);
            Assert.Equal(admitted.Order(StringComparer.Ordinal), keys.Where(key => key.Contains("new", StringComparison.Ordinal)));
            foreach (var page in Enumerable.Range(0, Newcomers).Select(Page))
            {
                var total = await store.ReadTotalAsync(page, Cancellation);
                Assert.Equal(admitted.Contains(page) ? new Tally(Visits: 1, Visitors: 1) : default, total);
            }
        }

        await IsAsBeforeForThoseThatAreThereAsync(stores[1], admitted[0]);
    }

    private static async Task IsAsBeforeForThoseThatAreThereAsync(IVisitStore store, string page)
    {
        Assert.Equal(200, (await CountAsync(store, page, Browsers.Chrome, client: 200)).Status);
        Assert.Equal(200, (await CountAsync(store, page, "", client: 201)).Status);
        Assert.Equal(new Tally(Visits: 2, Visitors: 2, Bots: 1), await store.ReadTotalAsync(page, Cancellation));
    }

    [Fact]
    public async Task Programs_and_readers_take_no_room()
    {
        var store = await OpenAsync(0);
        await FillAsync(store, CounterKeys.FamilyCeiling - 1);

        Assert.Equal(404, (await CountAsync(store, Page(0), "", client: 0)).Status);
        Assert.Equal(404, (await CountAsync(store, Page(1), "curl/8.14.1", client: 1)).Status);
        foreach (var query in new[] { "visits", "visits/daily", "badge.svg", "badge.json" })
        {
            var read = new HttpCall("GET", $"/api/{query}?counter={Page(2)}");
            Assert.Equal(200, (await HostOf(store, client: 2).SendAsync(read, Cancellation)).Status);
        }

        Assert.Equal(200, (await CountAsync(store, Page(3), Browsers.Firefox, client: 3)).Status);
        IsRefusedForWantOfRoom(await CountAsync(store, Page(4), Browsers.Firefox, client: 4));
    }

    private static void IsRefusedForWantOfRoom(HttpAnswer answer)
    {
        Assert.Equal(404, answer.Status);
        Assert.Equal(
            $"There is no counter with this key, and {Family} takes no more: it has its 1000.",
            (string?)JsonNode.Parse(answer.Body.Span)!["detail"]);
    }

    private static string Page(int number) => string.Create(CultureInfo.InvariantCulture, $"/family/new-{number}");

    private static async Task FillAsync(IVisitStore store, int count)
    {
        var keys = Enumerable.Range(0, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"/family/old-{number}"));
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation }, async (key, stop) =>
            Assert.True(await store.AdmitAsync(Family, key, CounterKeys.FamilyCeiling, stop)));
    }

    private static Task<HttpAnswer> CountAsync(IVisitStore store, string page, string userAgent, int client) =>
        HostOf(store, client).SendAsync(
            new HttpCall("POST", "/api/visits") { Body = Encoding.UTF8.GetBytes($$"""{"counter":"{{page}}"}""") }
                .With("Content-Type", "application/json")
                .With("User-Agent", userAgent),
            Cancellation);

    private static InProcessHost HostOf(IVisitStore store, int client) =>
        new(InProcessHost.Api(store, TimeProvider.System)) { Client = new IPAddress([198, 51, 100, (byte)client]) };
}
