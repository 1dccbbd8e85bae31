using System.Globalization;
using System.Text;
using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Api;

/// <summary>
/// The HTTP contract: it alone chooses status codes, headers and bodies; a host translates. Safe for concurrent use.
/// </summary>
/// <param name="owner">What is the owner's alone: links, and the key to all numbers.</param>
/// <param name="published">What everybody may read.</param>
/// <param name="throttle">Holds back addresses that count too often; null where a gateway in front does.</param>
public sealed partial class VisitsApi(
    VisitCounter visitCounter,
    IVisitStore store,
    OwnerSide owner,
    CounterKeys counters,
    AllowedOrigins origins,
    TimeProvider clock,
    PublicNumbers published = PublicNumbers.Count,
    AddressThrottle? throttle = null)
{
    /// <summary>The longest span that <c>/api/visits/daily</c> answers, in days.</summary>
    public const int MaxDays = 366;

    private const int DefaultDays = 30;

    private static readonly KeyValuePair<string, string> NoStore = new("Cache-Control", "no-store");
    private static readonly KeyValuePair<string, string> ShortCache = new("Cache-Control", "public, max-age=60");
    private static readonly KeyValuePair<string, string> NoSniff = new("X-Content-Type-Options", "nosniff");
    private static readonly KeyValuePair<string, string> VaryOrigin = new("Vary", "Origin");

    private static readonly KeyValuePair<string, string> JsonType = new("Content-Type", "application/json");

    private static readonly KeyValuePair<string, string>[] JsonHeaders =
        [JsonType, NoStore, NoSniff];

    // An SVG opened by itself is a document: it may load nothing and run nothing.
    private static readonly KeyValuePair<string, string>[] BadgeHeaders =
    [
        new("Content-Type", "image/svg+xml; charset=utf-8"),
        new("Content-Security-Policy", "default-src 'none'; sandbox"),
        NoSniff,
    ];

    /// <summary>All that the API answers.</summary>
    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("POST", "/api/visits", (api, request, stop) => api.CountAsync(request, stop)),
        new("GET", "/api/visits", (api, request, stop) => api.ReadAsync(request, stop)),
        new("GET", "/api/visits/daily", (api, request, stop) => api.ReadDailyAsync(request, stop)),
        new("GET", "/api/badge.svg", (api, request, stop) => api.BadgeAsync(request, stop)),
        new("GET", "/api/badge.json", (api, request, stop) => api.DescribeBadgeAsync(request, stop)),
        new("GET", "/api/hit.svg", (api, request, stop) => api.HitAsync(request, stop)),
        new("POST", "/", (api, request, stop) => api.CountBareAsync(request, stop)),
        new("GET", "/api/owner/report", (api, request, stop) => api.ReportAsync(request, stop)),
        new("GET", "/api/health", (api, request, stop) => api.CheckHealthAsync(request, stop)),
        new("GET", "/api/openapi.json", (_, _, _) => Task.FromResult(DescribeApi())),
    ];

    /// <summary>Whether a request is the API's; on a host that also serves a site, all others are the site's.</summary>
    public static bool Owns(string method, string path) =>
        path.StartsWith("/api/", StringComparison.Ordinal) || method is not ("GET" or "HEAD");

    /// <summary>Answers one request. Errors that the contract foresees are answers, too.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<ApiResponse> HandleAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Complete(request, await AnswerAsync(request, cancellationToken));

    /// <summary>503, for a host whose own time to answer was over before the store had answered.</summary>
    public ApiResponse OutOfTime(ApiRequest request)
    {
        var fault = new StoreUnavailableException("The time to answer was over before the store had answered.");
        return Complete(request, Problem.StoreUnavailable() with { Fault = fault });
    }

    /// <summary>400, for a host that met a body whose framing is wrong, or that breaks off.</summary>
    public ApiResponse BrokenBody(ApiRequest request) =>
        Complete(request, Problem.Malformed("The body's framing is wrong, or it ends before it should."));

    /// <summary>421, for a host that was called by a name that it does not go by.</summary>
    public ApiResponse Misdirected(ApiRequest request) => Complete(request, Problem.Misdirected());

    /// <summary>500, for a host whose handling failed in a way that nobody foresaw.</summary>
    public ApiResponse Unexpected(ApiRequest request) => Complete(request, Problem.Unexpected());

    // What every answer has, whatever it says.
    private ApiResponse Complete(ApiRequest request, ApiResponse response)
    {
        if (request.Method == "HEAD")
        {
            response = response.WithoutBody();
        }

        return request.Header("Origin") is { } origin && origins.Contain(origin)
            ? response.With(
                VaryOrigin,
                new("Access-Control-Allow-Origin", origin),
                new("Access-Control-Expose-Headers", "Retry-After"))
            : response.With(VaryOrigin);
    }

    private async Task<ApiResponse> AnswerAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return Find(request, out var problem) is { } route
                ? await route.Handler(this, request, cancellationToken)
                : problem!;
        }
        catch (ProblemException e)
        {
            return e.Response;
        }
        catch (StoreUnavailableException fault)
        {
            return Problem.StoreUnavailable() with { Fault = fault };
        }
    }

    private Route? Find(ApiRequest request, out ApiResponse? instead)
    {
        Route? found = null;
        var isKnownPath = false;
        foreach (var route in Routes)
        {
            if (route.Path == request.Path)
            {
                isKnownPath = true;
                found ??= route.Answers(request.Method) ? route : null;
            }
        }

        instead = found is not null ? null
            : !isKnownPath ? Problem.UnknownRoute(Routes)
            : request.Method == "OPTIONS" ? Options(request)
            : Problem.MethodNotAllowed(AllowedMethods(request.Path));
        return found;
    }

    private ApiResponse Options(ApiRequest request)
    {
        var methods = AllowedMethods(request.Path);
        if (request.Header("Origin") is not { } origin)
        {
            return new ApiResponse(204, [new("Allow", methods)], default);
        }

        return origins.Contain(origin)
            ? new ApiResponse(
                204,
                [
                    new("Access-Control-Allow-Methods", methods),
                    new("Access-Control-Allow-Headers", "Authorization, Content-Type"),
                    new("Access-Control-Max-Age", "86400"),
                ],
                default)
            : Problem.ForeignOrigin();
    }

    private static string AllowedMethods(string path)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal) { "OPTIONS" };
        foreach (var route in Routes.Where(route => route.Path == path))
        {
            _ = methods.Add(route.Method);
            _ = route.Method == "GET" && methods.Add("HEAD");
        }

        return string.Join(", ", methods);
    }

    private async Task<ApiResponse> CountAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        RefuseForeignOrigin(request);
        if (request.Body.Length > ApiRequest.MaxBodyBytes)
        {
            throw new ProblemException(Problem.BodyTooLarge());
        }

        if (!request.Body.IsEmpty && !MayBeJson(request.Header("Content-Type")))
        {
            throw new ProblemException(Problem.UnsupportedMediaType());
        }

        var body = VisitBody.Parse(request.Body.Span);
        RequireCounter(body.Counter);
        var receipt = await RecordAsync(request, body, cancellationToken);
        return published == PublicNumbers.Nothing
            ? CountedSilently(body.Counter, receipt.Outcome)
            : Counted(body.Counter, receipt.Visits, receipt.Visitors, receipt.Outcome);
    }

    private async Task<ApiResponse> CountBareAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        RefuseForeignOrigin(request);
        var body = new VisitBody(CounterKeys.Default);
        var receipt = await RecordAsync(request, body, cancellationToken);
        var number = published == PublicNumbers.Nothing ? "null" : receipt.Visits.ToString(CultureInfo.InvariantCulture);
        return new ApiResponse(200, JsonHeaders, Encoding.UTF8.GetBytes(number)) { Outcome = receipt.Outcome };
    }

    private async Task<ApiResponse> HitAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var (counter, badge) = ParseBadge(request);
        if (request.Method == "HEAD")
        {
            return new ApiResponse(200, [.. BadgeHeaders, NoStore], default);
        }

        if (IsPage(counter) && !IsOnOwnPage(request))
        {
            var total = await store.ReadTotalAsync(counter, cancellationToken);
            return new ApiResponse(200, [.. BadgeHeaders, NoStore], Draw(badge, total.Visits));
        }

        var receipt = await RecordAsync(request, new VisitBody(counter), cancellationToken);
        return new ApiResponse(200, [.. BadgeHeaders, NoStore], Draw(badge, receipt.Visits))
        {
            Outcome = receipt.Outcome,
        };
    }

    private ReadOnlyMemory<byte> Draw(Badge badge, long visits) =>
        published == PublicNumbers.Nothing ? Badge.Blank : badge.Draw(visits);

    private async Task<ApiResponse> ReadAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        RequirePublished(PublicNumbers.Count);
        var counter = RequireCounter(new QueryParameters(request.Query)["counter"] ?? CounterKeys.Default);
        var total = await store.ReadTotalAsync(counter, cancellationToken);
        return Counted(counter, total.Visits, total.Visitors, outcome: null);
    }

    private async Task<ApiResponse> BadgeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        RequirePublished(PublicNumbers.Count);
        var (counter, badge) = ParseBadge(request);
        var total = await store.ReadTotalAsync(counter, cancellationToken);
        return new ApiResponse(200, [.. BadgeHeaders, ShortCache], badge.Draw(total.Visits));
    }

    private async Task<ApiResponse> DescribeBadgeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        RequirePublished(PublicNumbers.Count);
        var (counter, badge) = ParseBadge(request);
        var total = await store.ReadTotalAsync(counter, cancellationToken);
        return new ApiResponse(200, [JsonType, ShortCache, NoSniff], badge.Describe(total.Visits));
    }

    private async Task<ApiResponse> ReadDailyAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        RequirePublished(PublicNumbers.Ledger);
        var query = new QueryParameters(request.Query);
        var counter = RequireCounter(query["counter"] ?? CounterKeys.Default);
        var to = ParseDay(query["to"], "to") ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var from = ParseDay(query["from"], "from")
            ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - DefaultDays + 1));
        if (from > to || to.DayNumber - from.DayNumber >= MaxDays)
        {
            throw new ProblemException(Problem.Malformed(string.Create(
                CultureInfo.InvariantCulture,
                $"\"from\" is a day at or before \"to\", and both span at most {MaxDays} days.")));
        }

        var tallies = await store.ReadDailyAsync(counter, from, to, cancellationToken);
        var report = new DailyReport(counter, from, to, tallies);
        return new ApiResponse(200, JsonHeaders, Json.Write(report, static (json, state) => state.Write(json)));
    }

    private async Task<ApiResponse> CheckHealthAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var version = IsOwner(request) ? ProgramVersion.Text : null;
        await store.CheckAsync(cancellationToken);
        return new ApiResponse(200, JsonHeaders, Json.Write(version, static (json, version) =>
        {
            json.WriteStartObject();
            json.WriteString("status"u8, "ok"u8);
            if (version is not null)
            {
                json.WriteString("version"u8, version);
            }

            json.WriteEndObject();
        }));
    }

    private static ApiResponse DescribeApi() => new(200, JsonHeaders, OpenApi.Document);

    private void RefuseForeignOrigin(ApiRequest request)
    {
        if (request.Header("Origin") is { } origin && !IsOwn(origin, request) && !IsSameOrigin(request))
        {
            throw new ProblemException(Problem.ForeignOrigin());
        }
    }

    private bool IsOwn(string origin, ApiRequest request) =>
        origins.Contain(origin)
        || AllowedOrigins.IsSameOrigin(origin, request.Header("Host"))
        || AllowedOrigins.IsSameOrigin(origin, request.ForwardedHost);

    // The browser says so, and no page can (W3C Fetch Metadata, section 2.3), whatever host a proxy asks for.
    private static bool IsSameOrigin(ApiRequest request) => request.Header("Sec-Fetch-Site") == "same-origin";

    // A page's counter is its path. Any other key the owner chose, for pictures that may be shown anywhere.
    private static bool IsPage(string counter) => counter[0] == '/';

    // Whoever shows a picture cannot choose these fields. A browser that sends none of them may be on any page.
    private bool IsOnOwnPage(ApiRequest request) =>
        IsSameOrigin(request)
        || (request.Header("Origin") is { } origin && IsOwn(origin, request))
        || (request.Header("Referer") is { } page && IsOwn(AllowedOrigins.OriginOf(page), request));

    private string RequireCounter(string counter) =>
        counters.Contain(counter) ? counter : throw new ProblemException(Problem.UnknownCounter(counters));

    private void RequirePublished(PublicNumbers least)
    {
        if (published < least)
        {
            throw new ProblemException(Problem.NotPublished());
        }
    }

    private (string Counter, Badge Badge) ParseBadge(ApiRequest request)
    {
        var query = new QueryParameters(request.Query);
        return (RequireCounter(query["counter"] ?? CounterKeys.Default), Badge.Parse(query));
    }

    private async Task<Receipt> RecordAsync(ApiRequest request, VisitBody body, CancellationToken cancellationToken)
    {
        if (throttle is not null && !throttle.TryAcquire(request.ClientAddress, out var retryAfterSeconds))
        {
            throw new ProblemException(Problem.TooManyRequests(retryAfterSeconds));
        }

        var arrival = new Arrival(
            body.Counter,
            request.ClientAddress,
            request.Header("User-Agent") ?? "",
            SignalsOf(request) | (body.WebDriver ? VisitSignals.WebDriver : VisitSignals.None),
            Source.OfReferrer(body.Referrer));
        await RequireRoomAsync(arrival, cancellationToken);
        return body.Link is { } key && Link.IsKey(key) && await owner.Links.HasLinkAsync(key, cancellationToken)
            ? await CountByLinkAsync(arrival, key, cancellationToken)
            : await visitCounter.CountAsync(arrival, cancellationToken);
    }

    // A key of a family is a counter from its first person on. Programs ask for keys that lead nowhere: they make none.
    private async Task RequireRoomAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        if (counters.FamilyOf(arrival.Counter) is not { } family)
        {
            return;
        }

        var mayAdd = VisitCounter.IsOfAPerson(arrival);
        if (!await store.AdmitAsync(family, arrival.Counter, mayAdd ? CounterKeys.FamilyCeiling : 0, cancellationToken))
        {
            throw new ProblemException(mayAdd ? Problem.FullFamily(family) : Problem.NotYetCounted());
        }
    }

    // Two counters, each exact by itself: whoever asks again after the loss of one is a repeat to the other.
    private async Task<Receipt> CountByLinkAsync(Arrival arrival, string key, CancellationToken cancellationToken)
    {
        var page = visitCounter.CountAsync(arrival with { Source = Source.Link }, cancellationToken);
        var link = visitCounter.CountAsync(arrival with { Counter = Link.CounterOf(key) }, cancellationToken);
        await Task.WhenAll(page, link);
        return await page;
    }

    private static VisitSignals SignalsOf(ApiRequest request)
    {
        var optedOut = SaysOne(request.Header("Sec-GPC")) || SaysOne(request.Header("DNT"));
        var prefetch = SaysPrefetch(request.Header("Sec-Purpose"))
            || SaysPrefetch(request.Header("Purpose"))
            || SaysPrefetch(request.Header("X-Moz"));
        return (optedOut ? VisitSignals.OptedOut : VisitSignals.None)
            | (prefetch ? VisitSignals.Prefetch : VisitSignals.None);
    }

    // A browser and an extension in it may each send the field.
    private static bool SaysOne(string? value) => value is not null && value.Split(',').Any(line => line.Trim() == "1");

    // "prefetch", "prefetch;prerender", "prefetch;anonymous-client-ip", "preview", "prerender"
    private static bool SaysPrefetch(string? purpose) =>
        purpose is not null
        && (purpose.StartsWith("prefetch", StringComparison.OrdinalIgnoreCase)
            || purpose.StartsWith("prerender", StringComparison.OrdinalIgnoreCase)
            || purpose.StartsWith("preview", StringComparison.OrdinalIgnoreCase));

    // As plain text a page of another origin may send it without asking first (a "simple request" of Fetch).
    private static bool MayBeJson(string? contentType)
    {
        var mediaType = contentType.AsSpan();
        var parameters = mediaType.IndexOf(';');
        mediaType = (parameters < 0 ? mediaType : mediaType[..parameters]).Trim();
        return mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase);
    }

    private static DateOnly? ParseDay(string? text, string name) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new ProblemException(Problem.Malformed($"\"{name}\" is a day such as 2026-11-30."));

    private static ApiResponse CountedSilently(string counter, Outcome outcome) =>
        new(200, JsonHeaders, Json.Write((counter, outcome), static (json, count) =>
        {
            json.WriteStartObject();
            json.WriteString("counter"u8, count.counter);
            json.WriteString("outcome"u8, count.outcome.Name());
            json.WriteEndObject();
        }))
        {
            Outcome = outcome,
        };

    private static ApiResponse Counted(string counter, long visits, long visitors, Outcome? outcome) =>
        new(200, JsonHeaders, Json.Write((counter, visits, visitors, outcome), static (json, count) =>
        {
            json.WriteStartObject();
            json.WriteString("counter"u8, count.counter);
            json.WriteNumber("visits"u8, count.visits);
            json.WriteNumber("visitors"u8, count.visitors);
            if (count.outcome is { } outcome)
            {
                json.WriteString("outcome"u8, outcome.Name());
            }

            json.WriteEndObject();
        }))
        {
            Outcome = outcome,
        };
}
