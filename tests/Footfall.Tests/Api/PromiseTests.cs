using System.Net;
using System.Text;
using System.Text.Json;
using Footfall.Api;
using Footfall.Counting;
using Footfall.Server;
using Footfall.Sqlite;
using Footfall.Tests.Counting;
using Footfall.Tests.Hosts;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Api;

/// <summary>What the product promises of a count, through the API and down to the bytes of the file.</summary>
public sealed class PromiseTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new(Noon);
    private readonly SqliteVisitStore sqlite;
    private readonly WatchedStore store;

    public PromiseTests()
    {
        sqlite = SqliteVisitStore.Open(directory.File("visits.db"), clock);
        store = new WatchedStore(sqlite);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await sqlite.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_thousand_visitors_at_once_a_third_of_whom_ask_again_are_a_thousand_visits(int seed)
    {
        const int Visitors = 1_000;
        var random = new Random(seed);
        var api = InProcessHost.Api(sqlite, clock);
        var arrivals = Enumerable.Range(0, Visitors)
            .SelectMany(i => Enumerable.Repeat(i, random.Next(3) == 0 ? 2 : 1)).ToArray();
        random.Shuffle(arrivals);

        var outcomes = await Task.WhenAll(arrivals.Select(visitor => Task.Run(() => CountAsync(visitor))));

        Assert.Equal(Visitors, outcomes.Count(outcome => outcome == "visit"));
        Assert.Equal(arrivals.Length - Visitors, outcomes.Count(outcome => outcome == "repeat"));
        Assert.Equal(
            new Tally(Visits: Visitors, Repeats: arrivals.Length - Visitors, Visitors: Visitors),
            await sqlite.ReadTotalAsync("/", Cancellation));

        async Task<string> CountAsync(int visitor)
        {
            var host = new InProcessHost(api) { Client = new IPAddress([10, 0, (byte)(visitor >> 8), (byte)visitor]) };
            var answer = await host.SendAsync(
                new HttpCall("POST", "/api/visits").With("User-Agent", Browsers.Firefox), Cancellation);
            Assert.Equal(200, answer.Status);
            return JsonDocument.Parse(answer.Body).RootElement.GetProperty("outcome").GetString()!;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_ledger_adds_up_to_what_was_answered(int seed)
    {
        var random = new Random(seed);
        var api = InProcessHost.Api(sqlite, clock);
        var answered = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < 600; i++)
        {
            // Four days, and now and then two requests of one window on both sides of a midnight.
            clock.Set(Noon + TimeSpan.FromMinutes(10 * i));
            var host = new InProcessHost(api) { Client = new IPAddress([192, 0, 2, (byte)random.Next(3)]) };
            var browser = random.Next(8) == 0 ? "" : $"{Browsers.Firefox} {random.Next(4)}";
            var call = new HttpCall("POST", "/api/visits").With("User-Agent", browser);
            call = random.Next(8) == 0 ? call.With("Sec-GPC", "1") : call;
            call = random.Next(8) == 0 ? call.With("Sec-Purpose", "prefetch") : call;
            call = random.Next(8) == 0 ? call.With("Origin", "https://elsewhere.example") : call;
            var answer = await host.SendAsync(call, Cancellation);
            if (answer.Status == 200)
            {
                var outcome = JsonDocument.Parse(answer.Body).RootElement.GetProperty("outcome").GetString()!;
                answered[outcome] = answered.GetValueOrDefault(outcome) + 1;
            }
        }

        Assert.Equal(
            ["bot", "limited", "opted-out", "prefetch", "repeat", "visit"],
            answered.Keys.Order(StringComparer.Ordinal));
        var total = await sqlite.ReadTotalAsync("/", Cancellation);
        Assert.All(OutcomeNames.All, outcome => Assert.Equal(answered[outcome.Name()], total[outcome]));
        Assert.Equal(answered.Values.Sum(), total.Requests);
        var days = (await sqlite.ReadDailyAsync("/", new(2026, 11, 1), new(2026, 11, 30), Cancellation)).Days;
        Assert.Equal(5, days.Count);
        Assert.Equal(total, days.Aggregate(default(Tally), (sum, day) => sum + day.Tally));
    }

    [Fact]
    public async Task Reading_never_counts()
    {
        var host = new InProcessHost(InProcessHost.Api(store, clock));
        foreach (var path in VisitsApi.Routes.Select(route => route.Path).Append("/api/nothing"))
        {
            foreach (var method in new[] { "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" })
            {
                if ((method, path) != ("GET", "/api/hit.svg"))
                {
                    _ = await host.SendAsync(new HttpCall(method, path).With("User-Agent", Browsers.Firefox), Cancellation);
                }
            }
        }

        Assert.Empty(store.Calls);
        Assert.Equal(default, await sqlite.ReadTotalAsync("/", Cancellation));

        // The one documented exception.
        var shown = new HttpCall("GET", "/api/hit.svg").With("User-Agent", Browsers.Firefox).With("Sec-Fetch-Site", "same-origin");
        _ = await host.SendAsync(shown, Cancellation);
        Assert.Equal(["get or add salt 2026-11-22", "claim"], store.Calls);
    }

    [Fact]
    public async Task No_address_and_no_user_agent_is_in_an_answer_a_log_or_the_file()
    {
        const string Browser = "Mozilla/5.0 (X11; Zyxomma x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
        const string Old = "203.0.113.77";
        const string New = "2001:db8:7a79:786f::6d6d:61";
        var written = new StringBuilder();
        foreach (var visits in new IVisitStore[] { sqlite, new UnavailableStore(), new FaultyStore() })
        {
            var settings = new HostSettings
            {
                RequestsPerMinute = 40,
                TrustedProxies = new TrustedProxies([IPNetwork.Parse("127.0.0.0/8")]),
            };
            await using var server = await KestrelHost.StartAsync(settings, visits, clock);
            foreach (var address in new[] { Old, New })
            {
                foreach (var call in Calls())
                {
                    using var client = new HttpClient();
                    using var request = new HttpRequestMessage(new HttpMethod(call.Method), new Uri(server.Url, call.Target));
                    request.Headers.TryAddWithoutValidation("User-Agent", Browser);
                    request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
                    if (call.Method == "POST")
                    {
                        request.Content = new ByteArrayContent(call.Body.ToArray());
                        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
                    }

                    using var answer = await client.SendAsync(request, Cancellation);
                    _ = written.Append(answer).Append(await answer.Content.ReadAsStringAsync(Cancellation)).AppendLine();
                }
            }

            _ = written.Append(server.Faults);
        }

        var total = await sqlite.ReadTotalAsync("/", Cancellation);
        Assert.Equal(2, total.Visits);
        Assert.Contains(nameof(InvalidDataException), written.ToString(), StringComparison.Ordinal);

        byte[] bytes =
        [
            .. Encoding.UTF8.GetBytes(written.ToString()),
            .. Directory.GetFiles(directory.FullName).SelectMany(File.ReadAllBytes),
        ];
        Assert.True(bytes.AsSpan().IndexOf("CREATE TABLE"u8) >= 0, "The file that was searched is not the database.");
        foreach (var trace in Traces(Browser, Old, New))
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(trace));
        }
    }

    [Fact]
    public async Task A_salt_that_is_past_its_time_is_nowhere_in_the_file()
    {
        var host = new InProcessHost(InProcessHost.Api(sqlite, clock));
        var call = new HttpCall("POST", "/api/visits").With("User-Agent", Browsers.Firefox);
        _ = await host.SendAsync(call, Cancellation);
        var salt = (await sqlite.FindSaltAsync(new(2026, 11, 22), Cancellation))!.Bytes.ToArray();
        Assert.NotEqual(-1, AllBytes().IndexOf(salt));

        clock.Set(Retention.Expiry(new(2026, 11, 22)));

        // The salt is deleted between requests: no later than the first one is answered and the second one begun.
        _ = await host.SendAsync(call, Cancellation);
        _ = await host.SendAsync(call, Cancellation);
        Assert.Equal(-1, AllBytes().IndexOf(salt));
        await sqlite.DisposeAsync();
        Assert.Equal(-1, AllBytes().IndexOf(salt));

        ReadOnlySpan<byte> AllBytes() => Directory.GetFiles(directory.FullName).SelectMany(File.ReadAllBytes).ToArray();
    }

    private static IEnumerable<HttpCall> Calls() =>
    [
        new HttpCall("POST", "/api/visits"),
        new HttpCall("POST", "/api/visits"),
        new HttpCall("POST", "/api/visits") { Body = "{"u8.ToArray() },
        new HttpCall("POST", "/"),
        new HttpCall("GET", "/api/hit.svg"),
        new HttpCall("GET", "/api/visits"),
        new HttpCall("GET", "/api/visits/daily"),
        new HttpCall("GET", "/api/health"),
        new HttpCall("GET", "/api/nothing"),
        new HttpCall("DELETE", "/api/visits"),
        .. Enumerable.Repeat(new HttpCall("POST", "/"), 50),
    ];

    /// <summary>All that would give a visitor away: texts in two encodings, and addresses in bytes.</summary>
    private static IEnumerable<byte[]> Traces(string userAgent, params string[] addresses)
    {
        var network = IPAddress.Parse(addresses[1]).GetAddressBytes()[4..8];
        string[] texts = ["Zyxomma", userAgent, .. addresses, "203.0.113", "2001:db8:7a79"];
        return
        [
            .. texts.Select(Encoding.UTF8.GetBytes),
            .. texts.Select(Encoding.Unicode.GetBytes),
            IPAddress.Parse(addresses[0]).GetAddressBytes(),
            network,
        ];
    }

    /// <summary>Fails in a way that nobody foresaw, with what it was given in the message.</summary>
    private sealed class FaultyStore : IVisitStore
    {
        public Task<Salt> GetOrAddSaltAsync(DateOnly day, Salt candidate, CancellationToken cancellationToken) =>
            Task.FromResult(candidate);

        public Task<Salt?> FindSaltAsync(DateOnly day, CancellationToken cancellationToken) => throw Fault();

        public Task<Receipt> AddAsync(string counter, DateOnly day, Outcome outcome, CancellationToken cancellationToken) =>
            throw Fault();

        public Task<Receipt> ClaimAsync(VisitorClaim claim, CancellationToken cancellationToken) => throw Fault();

        public Task<Tally> ReadTotalAsync(string counter, CancellationToken cancellationToken) => throw Fault();

        public Task<DailyTallies> ReadDailyAsync(
            string counter, DateOnly from, DateOnly to, CancellationToken cancellationToken) => throw Fault();

        public Task<bool> AdmitAsync(string family, string key, int ceiling, CancellationToken cancellationToken) =>
            throw Fault();

        public Task<IReadOnlyList<string>> ReadAdmittedAsync(string family, CancellationToken cancellationToken) =>
            throw Fault();

        public Task CheckAsync(CancellationToken cancellationToken) => throw Fault();

        private static InvalidDataException Fault() => new("203.0.113.77 Zyxomma 2001:db8:7a79:786f::6d6d:61");
    }
}
