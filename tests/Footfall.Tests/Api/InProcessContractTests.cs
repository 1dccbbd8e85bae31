using System.Security.Cryptography;
using Footfall.Api;
using Footfall.Sqlite;
using Footfall.Tests.Hosts;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Api;

public sealed class InProcessContractTests(InProcessContractTests.Fixture fixture)
    : HttpContract, IClassFixture<InProcessContractTests.Fixture>
{
    protected override IHttpHost Host => fixture.Host;

    public sealed class Fixture : IAsyncDisposable
    {
        private readonly TemporaryDirectory directory = new();
        private readonly SqliteVisitStore store;

        public Fixture()
        {
            store = SqliteVisitStore.Open(directory.File("visits.db"), TimeProvider.System);
            Host = new InProcessHost(InProcessHost.Api(store, TimeProvider.System));
        }

        internal IHttpHost Host { get; }

        public async ValueTask DisposeAsync()
        {
            await store.DisposeAsync();
            directory.Dispose();
        }
    }
}

public sealed class InProcessContractWithoutStoreTests : HttpContractWithoutStore
{
    protected override IHttpHost Host { get; } =
        new InProcessHost(InProcessHost.Api(new UnavailableStore(), TimeProvider.System));
}

public sealed class InProcessThrottledContractTests
{
    [Fact]
    public async Task The_host_answers_as_the_contract_says()
    {
        using var directory = new TemporaryDirectory();
        await using var store = SqliteVisitStore.Open(directory.File("visits.db"), TimeProvider.System);
        var throttle = new AddressThrottle(
            HttpCases.ThrottledRequestsPerMinute, TimeProvider.System, RandomNumberGenerator.Create());
        var host = new InProcessHost(InProcessHost.Api(store, TimeProvider.System, throttle));
        await HttpCases.Throttled.PlayAsync(host, TestContext.Current.CancellationToken);
    }
}

public sealed class InProcessFamiliesContractTests
{
    [Fact]
    public async Task The_host_answers_as_the_contract_says()
    {
        using var directory = new TemporaryDirectory();
        await using var store = SqliteVisitStore.Open(directory.File("visits.db"), TimeProvider.System);
        var host = new InProcessHost(InProcessHost.Api(store, TimeProvider.System));
        await HttpContract.PlayAsync(HttpCases.Families, host);
    }
}

public sealed class InProcessUnpublishedContractTests : HttpContractUnpublished
{
    protected override IHttpHost Host { get; } =
        new InProcessHost(InProcessHost.UnpublishedApi(new MemoryVisitStore(), TimeProvider.System));
}
