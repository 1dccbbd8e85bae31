using System.Text.Json;

namespace Footfall.Cli.Commands;

/// <summary>The count as a running API gives it.</summary>
internal static class KnownCount
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="api">The API's origin, or the whole address of a count: <c>…/api/visits?counter=readme</c>.</param>
    /// <exception cref="CommandException">It does not answer, or not with a count.</exception>
    public static async Task<long> AskAsync(Uri api, CancellationToken cancellationToken)
    {
        var address = api.AbsolutePath.EndsWith("/api/visits", StringComparison.Ordinal)
            ? api
            : new Uri($"{api.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/visits");
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync(address, cancellationToken));
            return answer.RootElement.GetProperty("visits").GetInt64();
        }
        catch (Exception e) when (IsNoAnswer(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(
                $"--count-from: {address} does not answer with a count: {e.GetBaseException().Message} "
                + "Without --count-from the page is built without a number.", e);
        }
    }

    private static bool IsNoAnswer(Exception e) =>
        e is HttpRequestException or OperationCanceledException or JsonException or KeyNotFoundException
            or FormatException or InvalidOperationException;
}
