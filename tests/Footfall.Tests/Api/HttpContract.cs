using Footfall.Tests.Hosts;

namespace Footfall.Tests.Api;

/// <summary>
/// The HTTP contract, for any host: inherit, and say where the host listens. One host serves the whole table, started
/// once (a class fixture) with the settings of <see cref="HttpCases"/> and an empty store, and not kept over a run:
/// each case that counts has a counter of its own, and knows it untouched.
/// </summary>
public abstract class HttpContract
{
    public static TheoryData<string> Names => [.. HttpCases.For(default).Select(contractCase => contractCase.Name)];

    protected abstract IHttpHost Host { get; }

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_host_answers_as_the_contract_says(string name) =>
        PlayAsync(today => HttpCases.For(today).Single(contractCase => contractCase.Name == name), Host);

    /// <summary>Puts a host through a case of today.</summary>
    public static async Task PlayAsync(Func<DateOnly, HttpCase> caseOn, IHttpHost host)
    {
        var today = await DayThatLasts.BeginAsync(TestContext.Current.CancellationToken);
        await caseOn(today).PlayAsync(host, TestContext.Current.CancellationToken);
    }
}
