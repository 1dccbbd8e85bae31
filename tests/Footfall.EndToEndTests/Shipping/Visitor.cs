namespace Footfall.EndToEndTests.Shipping;

/// <summary>A person with a browser, who opens the page of a server.</summary>
internal sealed class Visitor(Uri server) : IDisposable
{
    private readonly HttpClient client = new()
    {
        BaseAddress = server,
        DefaultRequestHeaders = { { "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0" } },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<string> ReadPageAsync() => client.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);

    /// <returns>The answer's body.</returns>
    public async Task<string> VisitAsync()
    {
        using var answer = await client.PostAsync(new Uri("/api/visits", UriKind.Relative), content: null, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    public void Dispose() => client.Dispose();
}
