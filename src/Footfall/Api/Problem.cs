using System.Globalization;
using System.Text.Json;

namespace Footfall.Api;

/// <summary>Problem details (RFC 9457): what was wrong, and what would be right.</summary>
public static class Problem
{
    private static readonly KeyValuePair<string, string>[] Headers =
    [
        new("Content-Type", "application/problem+json"),
        new("Cache-Control", "no-store"),
        new("X-Content-Type-Options", "nosniff"),
    ];

    internal static ApiResponse Unexpected() =>
        Of(500, "Internal Server Error", "Something went wrong here; nothing is known to be wrong with the request.");

    internal static ApiResponse Malformed(string detail) => Of(400, "Bad Request", detail);

    internal static ApiResponse WrongOwnerKey() => Of(
            401, "Unauthorized", "This is the owner's: send the owner's key as Authorization: Bearer KEY.")
        .With(new KeyValuePair<string, string>("WWW-Authenticate", "Bearer"));

    internal static ApiResponse NoOwnerKey() => Of(
        404, "Not Found", "No owner's key is set here, so nothing opens these numbers. The owner can set one: docs/owner.md.");

    internal static ApiResponse NotPublished() => Of(
        404, "Not Found", "The owner keeps this to themselves. The owner can publish it in the settings.");

    internal static ApiResponse ForeignOrigin() => Of(
        403,
        "Forbidden",
        "Pages of this origin may not be counted here. The owner can allow an origin in the settings.");

    internal static ApiResponse UnknownRoute(IEnumerable<Route> routes) => Of(
        404,
        "Not Found",
        "There is nothing at this path.",
        "routes",
        routes.Select(route => $"{route.Method} {route.Path}"));

    internal static ApiResponse UnknownCounter(CounterKeys counters) => Of(
        404,
        "Not Found",
        "There is no counter with this key. The owner can add one in the settings.",
        "counters",
        counters.All);

    internal static ApiResponse NotYetCounted() => Of(
        404,
        "Not Found",
        "Nobody has been counted under this key yet. The first person makes it a counter; a program does not.");

    internal static ApiResponse FullFamily(string family) => Of(
        404,
        "Not Found",
        string.Create(
            CultureInfo.InvariantCulture,
            $"There is no counter with this key, and {family} takes no more: it has its {CounterKeys.FamilyCeiling}.")) with
    {
        FullFamily = family,
    };

    internal static ApiResponse MethodNotAllowed(string allow) =>
        Of(405, "Method Not Allowed", $"This path answers {allow}.").With(new KeyValuePair<string, string>("Allow", allow));

    internal static ApiResponse BodyTooLarge() => Of(
        413,
        "Content Too Large",
        string.Create(CultureInfo.InvariantCulture, $"A body here is at most {ApiRequest.MaxBodyBytes} bytes."));

    internal static ApiResponse UnsupportedMediaType() =>
        Of(415, "Unsupported Media Type", "A body here is JSON: send it as Content-Type: application/json.");

    internal static ApiResponse Misdirected() => Of(
        421,
        "Misdirected Request",
        "This server is on its machine's loopback and does not go by this name. The owner can allow it with --origin.");

    internal static ApiResponse TooManyRequests(int retryAfterSeconds) => Of(
            429, "Too Many Requests", "This address has sent too many requests; try again later.")
        .With(RetryAfter(retryAfterSeconds));

    internal static ApiResponse StoreUnavailable() => Of(
            503,
            "Service Unavailable",
            "The count cannot be kept at the moment, so nothing is said about it; try again later.")
        .With(RetryAfter(seconds: 1));

    private static KeyValuePair<string, string> RetryAfter(int seconds) =>
        new("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));

    private static ApiResponse Of(
        int status, string title, string detail, string? listName = null, IEnumerable<string>? list = null) =>
        new(status, Headers, Json.Write((status, title, detail, listName, list), static (json, problem) =>
        {
            json.WriteStartObject();
            json.WriteString("title"u8, problem.title);
            json.WriteNumber("status"u8, problem.status);
            json.WriteString("detail"u8, problem.detail);
            if (problem.listName is not null)
            {
                WriteList(json, problem.listName, problem.list ?? []);
            }

            json.WriteEndObject();
        }));

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> list)
    {
        json.WriteStartArray(name);
        foreach (var item in list)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }
}
