namespace Footfall.Tests.Api;

/// <summary>One line of the HTTP contract: what is sent, in order, and what comes back each time.</summary>
/// <param name="Name">A sentence; it names the case in reports and is its key.</param>
public sealed record HttpCase(string Name, params IReadOnlyList<HttpStep> Steps)
{
    /// <summary>Puts a host through the case.</summary>
    public async Task PlayAsync(IHttpHost host, CancellationToken cancellationToken)
    {
        foreach (var step in Steps)
        {
            var answer = await host.SendAsync(step.Call, cancellationToken);
            answer.AssertIs(step.Expected);
        }
    }
}

/// <summary>One call of a case, and its whole answer.</summary>
public sealed record HttpStep(HttpCall Call, HttpAnswer Expected);
