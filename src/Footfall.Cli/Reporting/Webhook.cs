using System.Net;
using System.Net.Http.Headers;
using Footfall.Reporting;

namespace Footfall.Cli.Reporting;

/// <summary>Sends messages as JSON to an address of Slack, Discord, Mattermost, ntfy, Gotify or a program of one's own.</summary>
internal sealed class Webhook : IReportChannel
{
    /// <summary>How long the receiver may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ReportSettings settings;
    private readonly TimeProvider clock;

    // A redirect is not followed: it would hand the report to somebody whom the owner has not named.
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    });

    public Webhook(ReportSettings settings, TimeProvider clock)
    {
        this.settings = settings;
        this.clock = clock;
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Footfall");
    }

    public string Place => settings.Place;

    public async Task<Attempt> SendAsync(Outgoing message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.To) { Content = ContentOf(message) };
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            return Judge(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(AttemptEnd.Unknown, $"does not answer within {Patience.TotalSeconds:0} seconds");
        }
        catch (HttpRequestException e)
        {
            return new(
                IsBeforeSending(e.HttpRequestError) ? AttemptEnd.NotTaken : AttemptEnd.Unknown,
                $"cannot be asked: {e.GetBaseException().Message.TrimEnd('.')}");
        }
    }

    public void Dispose() => client.Dispose();

    private static ReadOnlyMemoryContent ContentOf(Outgoing message)
    {
        var content = new ReadOnlyMemoryContent(WebhookMessage.Write(message.Notice, message.WriteDetails));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static bool IsBeforeSending(HttpRequestError error) =>
        error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private Attempt Judge(HttpResponseMessage response)
    {
        var status = response.StatusCode;
        var words = $"answers {(int)status}";
        return (int)status switch
        {
            < 300 => Attempt.Taken,
            429 or 503 => new(AttemptEnd.NotTaken, words, RetryAfterOf(response)),
            408 or >= 500 => new(AttemptEnd.Unknown, words, RetryAfterOf(response)),
            _ => new(AttemptEnd.Refused, $"{words}: {Advice(status, response.Headers.Location)}"),
        };
    }

    private static string Advice(HttpStatusCode status, Uri? location) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            "the secret in the address is wrong, or has been withdrawn. Make a new webhook there and give --report-to its address",
        HttpStatusCode.NotFound or HttpStatusCode.Gone =>
            "there is no webhook of this address, or not any more. Make a new one there and give --report-to its address",
        _ when (int)status < 400 =>
            $"it leads elsewhere{(location is { IsAbsoluteUri: true } ? $", to {location.Host}" : "")}, and redirects are not followed. "
            + "Give --report-to the address that it leads to",
        _ => "it does not take the message. Look whether --report-to has its whole address; "
            + "ntfy's needs ?tpl=yes&t={{.title}}&m={{.message}} at its end",
    };

    internal TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };
}
