using System.Text;

namespace Footfall.Lambda.Reports;

/// <summary>
/// A topic of Amazon SNS that messages are published to, which mails them to its subscribers (AWS, "Publish" of the API
/// reference). Made for the one call that it is asked for.
/// </summary>
/// <param name="arn">The topic: <c>arn:aws:sns:REGION:ACCOUNT:NAME</c>.</param>
/// <param name="endpoint">Where SNS is; null for AWS's own in the topic's region.</param>
public sealed class SnsTopic(string arn, Uri? endpoint, AwsKeys keys, TimeProvider clock)
{
    private const int RegionInArn = 3;

    /// <summary>The most bytes of a message (AWS, "Amazon SNS endpoints and quotas").</summary>
    public const int MaxMessage = 256 * 1024;

    /// <summary>Whether a text is a topic's name.</summary>
    public static bool IsArn(string text) =>
        text.Split(':') is ["arn", _, "sns", { Length: > 0 }, { Length: > 0 }, { Length: > 0 }];

    /// <param name="subject">At most 100 characters of ASCII in one line.</param>
    /// <param name="message">At most <see cref="MaxMessage"/>.</param>
    /// <exception cref="IOException">SNS has not taken it; the message says what it answered.</exception>
    /// <exception cref="HttpRequestException">SNS cannot be asked; it may have taken it.</exception>
    public async Task PublishAsync(string subject, string message, CancellationToken cancellationToken)
    {
        var region = arn.Split(':')[RegionInArn];
        using var form = new FormUrlEncodedContent(
        [
            new("Action", "Publish"),
            new("Version", "2010-03-31"),
            new("TopicArn", arn),
            new("Subject", subject),
            new("Message", message),
        ]);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint ?? new Uri($"https://sns.{region}.amazonaws.com/")) { Content = form };
        SignatureV4.Sign(request, await form.ReadAsByteArrayAsync(cancellationToken), keys, region, "sns", clock.GetUtcNow());
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        using var answer = await client.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            var words = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            throw new IOException($"SNS answers {(int)answer.StatusCode}: {words.ReplaceLineEndings(" ")}");
        }
    }
}
