namespace Footfall.Tests.Api;

/// <summary>What a host answers whose owner publishes nothing; otherwise as <see cref="HttpContract"/>.</summary>
public abstract class HttpContractUnpublished
{
    public static TheoryData<string> Names => [.. HttpCases.Unpublished.Select(contractCase => contractCase.Name)];

    protected abstract IHttpHost Host { get; }

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_host_answers_as_the_contract_says(string name) =>
        HttpCases.Unpublished
            .Single(contractCase => contractCase.Name == name)
            .PlayAsync(Host, TestContext.Current.CancellationToken);
}
