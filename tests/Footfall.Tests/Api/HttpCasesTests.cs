using System.Text;

namespace Footfall.Tests.Api;

/// <summary>What the table keeps to, so that its cases do not meet on the one host that they share.</summary>
public sealed class HttpCasesTests
{
    private static readonly IReadOnlyList<HttpCase> All = HttpCases.For(new(2026, 11, 22));

    [Fact]
    public void Every_case_has_a_name_of_its_own() =>
        Assert.Equal(All.Count, All.Select(contractCase => contractCase.Name).Distinct().Count());

    [Fact]
    public void Every_counter_that_is_counted_is_one_cases_own()
    {
        var counted =
            from contractCase in All
            from key in contractCase.Steps.Where(Counts).Select(CounterOf).Distinct()
            select (Counter: key, contractCase.Name);
        Assert.Empty(counted.GroupBy(use => use.Counter).Where(uses => uses.Count() > 1).Select(uses => uses.Key));
        Assert.DoesNotContain("readme", counted.Select(use => use.Counter));
    }

    private static bool Counts(HttpStep step) =>
        step.Expected.Status == 200
        && (step.Call.Method == "POST" || step.Call is { Method: "GET", Path: "/api/hit.svg" });

    private static string CounterOf(HttpStep step)
    {
        var answer = Encoding.UTF8.GetString(step.Expected.Body.Span);
        return answer.StartsWith("""{"counter":""", StringComparison.Ordinal) ? answer.Split('"')[3]
            : step.Call.Path == "/" ? "/"
            : step.Call.Query.Split('&')
                .FirstOrDefault(part => part.StartsWith("counter=", StringComparison.Ordinal))?[8..] ?? "/";
    }
}
