using System.Buffers;
using System.Text.Json;
using Footfall.Api;
using Footfall.Counting;

namespace Footfall.Lambda;

/// <summary>
/// One line of JSON an invocation, which CloudWatch also reads as metrics (AWS, "Embedded metric format
/// specification"). Nothing of the request itself is in it: no address, no user agent, no path.
/// </summary>
/// <param name="output">Lambda's log: the standard output.</param>
/// <param name="functionName">The one dimension of the metrics.</param>
public sealed class InvocationLog(Stream output, string functionName, TimeProvider clock)
{
    private const string Namespace = "Footfall";

    private readonly ArrayBufferWriter<byte> line = new(1024);
    private readonly List<Metric> metrics = [];

    /// <param name="isCold">Whether it was the process's first.</param>
    /// <param name="conflicts">How often the store had to try again, since others wrote the same items.</param>
    /// <param name="isViewerUnverified">
    /// Whether it named a viewer's address without a secret that is known: all such viewers count as one address.
    /// </param>
    public void Answered(
        string requestId, ApiResponse response, TimeSpan duration, bool isCold, long conflicts, bool isViewerUnverified)
    {
        metrics.Clear();
        metrics.Add(new("duration", "Milliseconds", Milliseconds(duration)));
        AddCount(response.Outcome?.Name(), 1);
        AddCount("coldStart", isCold ? 1 : 0);
        AddCount("conflicts", conflicts);
        AddCount("unverifiedViewers", isViewerUnverified ? 1 : 0);
        using (var json = Begin(response.Fault is null && response.FullFamily is null && !isViewerUnverified ? "INFO"u8 : "WARN"u8))
        {
            json.WriteString("requestId"u8, requestId);
            json.WriteNumber("status"u8, response.Status);
            if (response.Outcome is { } outcome)
            {
                json.WriteString("outcome"u8, outcome.Name());
            }

            if (response.Fault is { } fault)
            {
                json.WriteString("fault"u8, fault.Message);
            }

            if (response.FullFamily is { } family)
            {
                json.WriteString("full"u8, family);
            }

            if (isViewerUnverified)
            {
                json.WriteString("viewer"u8, "its address came without a known edge secret, and CloudFront's stands for it");
            }

            WriteMetrics(json);
            json.WriteEndObject();
        }

        Flush();
    }

    /// <summary>An invocation by the schedule, which counts nothing and is no metric.</summary>
    /// <param name="hasVisits">Whether there was a visit to tell the owner of.</param>
    public void Reported(string requestId, bool hasVisits, TimeSpan duration)
    {
        using (var json = Begin("INFO"u8))
        {
            json.WriteString("requestId"u8, requestId);
            json.WriteString("report"u8, hasVisits ? "told"u8 : "no visit"u8);
            json.WriteNumber("duration"u8, Milliseconds(duration));
            json.WriteEndObject();
        }

        Flush();
    }

    /// <summary>An invocation that nobody foresaw the end of.</summary>
    public void Failed(string requestId, Exception error, TimeSpan duration)
    {
        using (var json = Begin("ERROR"u8))
        {
            json.WriteString("requestId"u8, requestId);
            json.WriteNumber("duration"u8, Milliseconds(duration));
            WriteError(json, error);
            json.WriteEndObject();
        }

        Flush();
    }

    /// <summary>A function that cannot start.</summary>
    public void NotStarted(Exception error)
    {
        using (var json = Begin("FATAL"u8))
        {
            WriteError(json, error);
            json.WriteEndObject();
        }

        Flush();
    }

    private void AddCount(string? name, long value)
    {
        if (name is not null && value > 0)
        {
            metrics.Add(new(name, "Count", value));
        }
    }

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> level)
    {
        line.ResetWrittenCount();
        var json = new Utf8JsonWriter(line);
        json.WriteStartObject();
        json.WriteString("timestamp"u8, clock.GetUtcNow().UtcDateTime);
        json.WriteString("level"u8, level);
        return json;
    }

    private void WriteMetrics(Utf8JsonWriter json)
    {
        json.WriteString("functionName"u8, functionName);
        foreach (var metric in metrics)
        {
            json.WriteNumber(metric.Name, metric.Value);
        }

        json.WriteStartObject("_aws"u8);
        json.WriteNumber("Timestamp"u8, clock.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics"u8);
        json.WriteStartObject();
        json.WriteString("Namespace"u8, Namespace);
        json.WriteStartArray("Dimensions"u8);
        json.WriteStartArray();
        json.WriteStringValue("functionName"u8);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics"u8);
        foreach (var metric in metrics)
        {
            json.WriteStartObject();
            json.WriteString("Name"u8, metric.Name);
            json.WriteString("Unit"u8, metric.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, Exception error)
    {
        json.WriteString("errorType"u8, error.GetType().FullName);
        json.WriteString("errorMessage"u8, error.Message);
        json.WriteString("stackTrace"u8, error.StackTrace);
    }

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);

    private void Flush()
    {
        line.Write("\n"u8);
        output.Write(line.WrittenSpan);
        output.Flush();
    }

    private readonly record struct Metric(string Name, string Unit, double Value);
}
