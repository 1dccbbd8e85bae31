using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Footfall.EndToEndTests.Infra;

/// <summary>A function of CloudFront's, run by Node for one event after the other.</summary>
internal sealed class EdgeScript : IDisposable
{
    private const string Loop = """
        require('readline').createInterface({ input: process.stdin })
          .on('line', event => console.log(JSON.stringify(handler(JSON.parse(event)))));
        """;

    private readonly SemaphoreSlim running = new(1);
    private readonly Process node;

    /// <param name="code">What was published, with its <c>handler</c>.</param>
    public EdgeScript(string code)
    {
        node = Process.Start(new ProcessStartInfo("node", ["-e", code + Loop])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>What the handler makes of <paramref name="entry"/>: the request, or the response.</summary>
    /// <exception cref="InvalidOperationException">It fails, and says why on the standard error.</exception>
    public async Task<JsonNode> RunAsync(JsonNode entry)
    {
        await running.WaitAsync();
        try
        {
            await node.StandardInput.WriteLineAsync(entry.ToJsonString());
            return JsonNode.Parse(
                await node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("CloudFront's function has failed."))!;
        }
        finally
        {
            running.Release();
        }
    }

    public void Dispose()
    {
        node.Kill();
        node.Dispose();
        running.Dispose();
    }
}
