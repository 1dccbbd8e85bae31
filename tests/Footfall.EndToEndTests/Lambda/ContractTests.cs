using System.Net;
using Footfall.Api;
using Footfall.EndToEndTests.DynamoDb;
using Footfall.LambdaHost;
using Footfall.Tests.Api;

namespace Footfall.EndToEndTests.Lambda;

/// <summary>The native binary gives the answers of the one table, byte for byte, in payload format 2.0.</summary>
public sealed class ContractTests(ContractTests.Function function) : HttpContract, IClassFixture<ContractTests.Function>
{
    protected override IHttpHost Host => function.Host;

    public sealed class Function(NativeFunction native, DynamoDbLocal database)
        : ContractFunction(native.BinaryAsync, database, PayloadVersion.V2);
}

/// <summary>The same of the binary for the other architecture, made on this machine and emulated.</summary>
public sealed class ContractOnTheOtherArchitectureTests(ContractOnTheOtherArchitectureTests.Function function)
    : HttpContract, IClassFixture<ContractOnTheOtherArchitectureTests.Function>
{
    protected override IHttpHost Host => function.Host;

    public sealed class Function(NativeFunction native, DynamoDbLocal database)
        : ContractFunction(native.EmulatedAsync, database, PayloadVersion.V2, ("FOOTFALL_TIME_BUDGET", "00:00:20"));
}

/// <summary>
/// The same in payload format 1.0, but for malformed queries: the API decodes them, so the function cannot know.
/// </summary>
public sealed class ContractInPayloadVersion1Tests(ContractInPayloadVersion1Tests.Function function)
    : IClassFixture<ContractInPayloadVersion1Tests.Function>
{
    public static TheoryData<string> Names =>
        [.. HttpCases.For(default).Where(SurvivesDecoding).Select(contractCase => contractCase.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_host_answers_as_the_contract_says(string name) =>
        HttpCases.For(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime))
            .Single(contractCase => contractCase.Name == name)
            .PlayAsync(function.Host, TestContext.Current.CancellationToken);

    private static bool SurvivesDecoding(HttpCase contractCase) => contractCase.Steps.All(
        step => !WebUtility.UrlDecode(step.Call.Query).AsSpan().ContainsAny('%', '\uFFFD'));

    public sealed class Function(NativeFunction native, DynamoDbLocal database)
        : ContractFunction(native.BinaryAsync, database, PayloadVersion.V1);
}

/// <summary>The same of families of counters.</summary>
public sealed class ContractOfFamiliesTests(ContractOfFamiliesTests.Function function)
    : IClassFixture<ContractOfFamiliesTests.Function>
{
    [Fact]
    public Task The_host_answers_as_the_contract_says() => HttpContract.PlayAsync(HttpCases.Families, function.Host);

    public sealed class Function(NativeFunction native, DynamoDbLocal database)
        : ContractFunction(native.BinaryAsync, database, PayloadVersion.V2);
}

/// <summary>The same without a database.</summary>
public sealed class ContractWithoutStoreTests(ContractWithoutStoreTests.Function function)
    : HttpContractWithoutStore, IClassFixture<ContractWithoutStoreTests.Function>
{
    protected override IHttpHost Host => function.Host;

    /// <summary>Nothing listens on port 1.</summary>
    public sealed class Function(NativeFunction native)
        : ContractFunction(native.BinaryAsync, database: null, PayloadVersion.V2, ("FOOTFALL_TIME_BUDGET", "00:00:00.3"));
}

/// <summary>A function with the settings of the table, for one class.</summary>
public abstract class ContractFunction(
    Func<Task<string>> program,
    DynamoDbLocal? database,
    PayloadVersion version,
    params (string Name, string Value)[] environment) : IAsyncLifetime
{
    private FunctionHost? host;

    public IHttpHost Host => host!;

    public async ValueTask InitializeAsync() => host = await FunctionHost.StartAsync(
        await program(),
        TimeSpan.FromMinutes(1), // emulated, on a busy machine
        database is null ? new Uri("http://127.0.0.1:1") : await database.StartAsync(),
        database is null ? "nowhere" : await database.CreateTableAsync(TestContext.Current.CancellationToken),
        new HttpApiSettings { PayloadVersion = version },
        [
            ("FOOTFALL_COUNTERS", string.Join(',', HttpCases.Counters)),
            ("FOOTFALL_ORIGINS", HttpCases.AllowedOrigin),
            ("FOOTFALL_PUBLIC", "ledger"),
            ("FOOTFALL_OWNER_KEY_SHA256", OwnerKey.DigestOf(HttpCases.OwnerKey)),
            ("FOOTFALL_ADDRESS_LIMIT", $"{HttpCases.Rules.AddressLimit}"),
            .. environment,
        ]);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}
