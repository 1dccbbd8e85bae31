namespace Footfall.Tests.Api;

public static partial class HttpCases
{
    // GET / is no case: a host that serves a site answers it with its page.
    private static readonly (string Path, string Allow)[] Paths =
    [
        ("/api/visits", "GET, HEAD, OPTIONS, POST"),
        ("/api/visits/daily", OnlyGet),
        ("/api/badge.svg", OnlyGet),
        ("/api/badge.json", OnlyGet),
        ("/api/hit.svg", OnlyGet),
        ("/api/health", OnlyGet),
        ("/api/openapi.json", OnlyGet),
        ("/", "OPTIONS, POST"),
    ];

    private static IEnumerable<HttpCase> Methods() =>
    [
        .. from path in Paths
           from method in new[] { "PUT", "DELETE", "PATCH", "TRACE", "BREW", "get", "post" }
           select new HttpCase(
               $"{method} {path.Path} is not allowed", new HttpCall(method, path.Path).From(Browsers.Firefox)
                   .Answers(MethodNotAllowed(path.Allow))),
        .. from path in Paths
           where path.Allow == OnlyGet
           select new HttpCase($"POST {path.Path} is not allowed", Post(path.Path).From(Browsers.Firefox)
               .Answers(MethodNotAllowed(OnlyGet))),
        .. from path in Paths
           select new HttpCase($"OPTIONS {path.Path} tells its methods", Options(path.Path)
               .Answers(Allows(path.Allow))),
        .. from path in new[]
           {
               "/api/", "/api/nothing", "/api/visits/", "/api/Visits", "/api/visits/daily/", "/api/visits%20",
               "/api/visits.json", "/api/visits;a=b", "/api//visits",
           }
           from method in new[] { "GET", "POST", "OPTIONS", "PUT" }
           select new HttpCase($"{method} {path} is nowhere", new HttpCall(method, path).From(Browsers.Firefox)
               .Answers(UnknownRoute)),
        .. from path in new[] { "/api", "/visits", "/index.html", "//", "//api/visits", "/wp-login.php" }
           select new HttpCase($"POST {path} is nowhere", Post(path).From(Browsers.Firefox).Answers(UnknownRoute)),
    ];

    private static HttpCall Options(string target) => new("OPTIONS", target);

    private static HttpAnswer Allows(string methods) =>
        new HttpAnswer(204, [], default).With("Allow", methods).With("Vary", "Origin");
}
