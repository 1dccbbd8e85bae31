using System.Text.Json;
using Footfall.Api;

namespace Footfall.Tests.Api;

/// <summary>The description against the routes, and against every answer of the contract's table.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonElement Document = JsonDocument.Parse(OpenApi.Document).RootElement;

    /// <summary>The answers to a route's path and method; what any path answers (404, 405, OPTIONS) is none's.</summary>
    private static readonly IReadOnlyList<(Route Route, HttpAnswer Answer)> Answers =
    [
        .. from contractCase in HttpCases.For(new(2026, 11, 22))
               .Concat(HttpCases.WithoutStore).Concat(HttpCases.Unpublished)
               .Append(HttpCases.Throttled).Append(HttpCases.WrongKeys)
           from step in contractCase.Steps
           from route in VisitsApi.Routes
           where route.Path == Uri.UnescapeDataString(step.Call.Path) && route.Answers(step.Call.Method)
           select (route, step.Expected),
    ];

    [Fact]
    public void Every_route_is_described_and_nothing_else_is()
    {
        var described =
            from path in Document.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            select $"{method.Name.ToUpperInvariant()} {path.Name}";
        var routes = VisitsApi.Routes.Select(route => $"{route.Method} {route.Path}");
        Assert.Equal(routes.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_status_that_a_route_answers_is_described_and_every_one_described_is_in_the_table()
    {
        var described =
            from path in Document.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            from response in method.Value.GetProperty("responses").EnumerateObject()
            select $"{method.Name.ToUpperInvariant()} {path.Name} {response.Name}";
        var answered = Answers.Select(answer => $"{answer.Route.Method} {answer.Route.Path} {answer.Answer.Status}");
        Assert.Equal(
            described.Order(StringComparer.Ordinal), answered.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_answer_is_of_the_described_type_and_shape()
    {
        foreach (var (route, answer) in Answers.Where(answer => !answer.Answer.Body.IsEmpty))
        {
            var described = DescribedContent(route, answer.Status);
            var type = answer.Headers.Single(header => header.Key == "Content-Type").Value.Split(';')[0];
            Assert.Equal(described.Name, type);
            if (type.EndsWith("json", StringComparison.Ordinal))
            {
                var body = JsonDocument.Parse(answer.Body).RootElement;
                Assert.Null(JsonShape.FindFlaw(Document, described.Value.GetProperty("schema"), body));
            }
        }
    }

    private static JsonProperty DescribedContent(Route route, int status)
    {
#pragma warning disable CA1308 // OpenAPI writes methods in lower case.
        var method = route.Method.ToLowerInvariant();
#pragma warning restore CA1308
        var response = Document.GetProperty("paths").GetProperty(route.Path).GetProperty(method)
            .GetProperty("responses").GetProperty($"{status}");
        return JsonShape.Follow(Document, response).GetProperty("content").EnumerateObject().Single();
    }
}
