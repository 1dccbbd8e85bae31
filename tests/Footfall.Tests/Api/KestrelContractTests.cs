using Footfall.Api;
using Footfall.Counting;
using Footfall.Server;
using Footfall.Sqlite;
using Footfall.Tests.Hosts;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Api;

public sealed class KestrelContractTests(KestrelContractTests.Fixture fixture)
    : HttpContract, IClassFixture<KestrelContractTests.Fixture>
{
    protected override IHttpHost Host => fixture.Host;

    public sealed class Fixture : KestrelFixture
    {
        private readonly TemporaryDirectory directory = new();

        protected override IVisitStore OpenStore() =>
            SqliteVisitStore.Open(directory.File("visits.db"), TimeProvider.System);

        protected override void DeleteStore() => directory.Dispose();
    }
}

public sealed class KestrelContractWithoutStoreTests(KestrelContractWithoutStoreTests.Fixture fixture)
    : HttpContractWithoutStore, IClassFixture<KestrelContractWithoutStoreTests.Fixture>
{
    protected override IHttpHost Host => fixture.Host;

    public sealed class Fixture : KestrelFixture
    {
        protected override IVisitStore OpenStore() => new UnavailableStore();
    }
}

public sealed class KestrelThrottledContractTests(KestrelThrottledContractTests.Fixture fixture)
    : IClassFixture<KestrelThrottledContractTests.Fixture>
{
    [Fact]
    public Task The_host_answers_as_the_contract_says() =>
        HttpCases.Throttled.PlayAsync(fixture.Host, TestContext.Current.CancellationToken);

    [Fact]
    public Task Who_tries_owners_keys_is_held_back() =>
        HttpCases.WrongKeys.PlayAsync(fixture.Host, TestContext.Current.CancellationToken);

    public sealed class Fixture : KestrelFixture
    {
        protected override int? RequestsPerMinute => HttpCases.ThrottledRequestsPerMinute;

        protected override IVisitStore OpenStore() => new MemoryVisitStore();
    }
}

public sealed class KestrelFamiliesContractTests(KestrelFamiliesContractTests.Fixture fixture)
    : IClassFixture<KestrelFamiliesContractTests.Fixture>
{
    [Fact]
    public Task The_host_answers_as_the_contract_says() => HttpContract.PlayAsync(HttpCases.Families, fixture.Host);

    public sealed class Fixture : KestrelFixture
    {
        protected override IVisitStore OpenStore() => new MemoryVisitStore();
    }
}

public sealed class KestrelUnpublishedContractTests(KestrelUnpublishedContractTests.Fixture fixture)
    : HttpContractUnpublished, IClassFixture<KestrelUnpublishedContractTests.Fixture>
{
    protected override IHttpHost Host => fixture.Host;

    public sealed class Fixture : KestrelFixture
    {
        protected override PublicNumbers Public => PublicNumbers.Nothing;

        protected override OwnerKey? OwnerKey => null;

        protected override IVisitStore OpenStore() => new MemoryVisitStore();
    }
}

/// <summary>A Kestrel with the settings of <see cref="HttpCases"/>, for all tests of a class.</summary>
public abstract class KestrelFixture : IAsyncLifetime
{
    private IVisitStore? store;
    private KestrelHost? server;

    internal IHttpHost Host => new SocketHost(server!.Url);

    protected virtual int? RequestsPerMinute => null;

    protected virtual PublicNumbers Public => PublicNumbers.Ledger;

    protected virtual OwnerKey? OwnerKey => new(OwnerKey.DigestOf(HttpCases.OwnerKey));

    public async ValueTask InitializeAsync()
    {
        store = OpenStore();
        var settings = new HostSettings
        {
            Counters = new CounterKeys(HttpCases.Counters),
            Origins = new AllowedOrigins([HttpCases.AllowedOrigin]),
            Rules = HttpCases.Rules,
            RequestsPerMinute = RequestsPerMinute,
            Public = Public,
            OwnerKey = OwnerKey,
        };
        server = await KestrelHost.StartAsync(settings, store);
    }

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        if (store is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        DeleteStore();
        GC.SuppressFinalize(this);
    }

    protected abstract IVisitStore OpenStore();

    protected virtual void DeleteStore()
    {
    }
}
