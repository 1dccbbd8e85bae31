using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace Footfall.DynamoDb;

/// <summary>
/// Hears DynamoDB's own time, which each of its replies carries (RFC 9110, section 6.6.1), for as long as it is not
/// disposed.
/// </summary>
internal sealed class ServiceClock : IDisposable
{
    // As far apart as two clocks may be for a signed request to be accepted (AWS, "Signature Version 4").
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    private readonly AmazonServiceClient? client;
    private readonly TimeProvider own;

    /// <param name="own">The clock of this machine.</param>
    public ServiceClock(IAmazonDynamoDB client, TimeProvider own)
    {
        this.own = own;
        this.client = client as AmazonServiceClient;
        if (this.client is not null)
        {
            this.client.AfterResponseEvent += Hear;
        }
    }

    /// <summary>DynamoDB's time at its last reply; null when none told.</summary>
    public DateTimeOffset? Time { get; private set; }

    /// <summary>Whether both clocks show about the same; false, too, when DynamoDB's is not known.</summary>
    public bool Agrees => Time is { } time && (own.GetUtcNow() - time).Duration() <= Tolerance;

    /// <summary>Both clocks by their dates, for whoever has to find the wrong one.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"by this machine's clock it is {own.GetUtcNow():yyyy-MM-dd}, by DynamoDB's {Time:yyyy-MM-dd} (UTC)");

    public void Dispose()
    {
        if (client is not null)
        {
            client.AfterResponseEvent -= Hear;
        }
    }

    private void Hear(object sender, ResponseEventArgs reply)
    {
        if (reply is WebServiceResponseEventArgs { ResponseHeaders: { } headers }
            && headers.TryGetValue("Date", out var date)
            && DateTimeOffset.TryParseExact(
                date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            Time = time;
        }
    }
}
