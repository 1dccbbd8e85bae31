using System.Buffers;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Footfall.EndToEndTests.Browser;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.Counting;

/// <summary>
/// A Chromium that is told what to do by its own protocol (https://chromedevtools.github.io/devtools-protocol/).
/// Playwright makes every tab believe that it is in front, and keeps pages from being prerendered; here tabs are
/// hidden and pages prerendered as in a person's browser.
/// </summary>
internal sealed class UndrivenChromium : IAsyncDisposable
{
    private readonly TemporaryDirectory profile = new();
    private readonly ClientWebSocket protocol = new();
    private readonly Process process;
    private int lastId;

    private UndrivenChromium() => process = Process.Start(new ProcessStartInfo(ChromiumFixture.Executable,
    [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-blink-features=AutomationControlled",
        $"--user-agent={ChromiumFixture.DesktopUserAgent}",
        $"--user-data-dir={profile.FullName}",
        "--remote-debugging-port=0",
    ])
    {
        UseShellExecute = false,
        RedirectStandardError = true,
    })!;

    public static async Task<UndrivenChromium> StartAsync()
    {
        Prerequisite.RequireFile(ChromiumFixture.Executable);
        var chromium = new UndrivenChromium();
        try
        {
            await chromium.ConnectAsync();
            return chromium;
        }
        catch
        {
            await chromium.DisposeAsync();
            throw;
        }
    }

    /// <returns>The tab's identifier. The tab is in front now, and all others are hidden.</returns>
    public async Task<string> OpenTabAsync(Uri? url = null)
    {
        var opened = await AskAsync("Target.createTarget", new() { ["url"] = url?.AbsoluteUri ?? "about:blank" });
        var tab = opened["targetId"]!.GetValue<string>();
        await ShowAsync(tab);
        return tab;
    }

    /// <summary>Brings a tab to the front.</summary>
    public Task ShowAsync(string tab) => AskAsync("Target.activateTarget", new() { ["targetId"] = tab });

    /// <summary>
    /// The value of a JavaScript expression in a tab, as a person's click would have it run; empty when it throws, as
    /// it may while a page is loading, and when its page has gone before the answer.
    /// </summary>
    public async Task<string> EvaluateAsync(string tab, string expression)
    {
        var attached = await AskAsync("Target.attachToTarget", new() { ["targetId"] = tab, ["flatten"] = true });
        var session = attached["sessionId"]!.GetValue<string>();
        var answer = await ExchangeAsync(
            "Runtime.evaluate", new() { ["expression"] = $"String({expression})", ["userGesture"] = true }, session);
        await ExchangeAsync("Target.detachFromTarget", new() { ["sessionId"] = session });
        return answer["result"]?["result"]?["value"]?.GetValue<string>() ?? "";
    }

    /// <summary>Evaluates until the value is the expected one.</summary>
    public Task WaitForAsync(string tab, string expression, string expected) =>
        WaitForAsync(() => EvaluateAsync(tab, expression), expected);

    /// <summary>Waits until a tab has a title. Unlike evaluating, this does not keep its page from prerendering.</summary>
    public Task WaitForTitleAsync(string tab, string expected) => WaitForAsync(
        async () =>
        {
            var answer = await AskAsync("Target.getTargetInfo", new() { ["targetId"] = tab });
            return answer["targetInfo"]!["title"]!.GetValue<string>();
        },
        expected);

    public async ValueTask DisposeAsync()
    {
        protocol.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        profile.Dispose();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task WaitForAsync(Func<Task<string>> find, string expected)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        for (string found; (found = await find()) != expected;)
        {
            Assert.False(patience.IsCancellationRequested, $"Expected '{expected}', found '{found}'.");
            await Task.Delay(100, Cancellation);
        }
    }

    private async Task ConnectAsync()
    {
        const string Announcement = "DevTools listening on ";
        string? line;
        do
        {
            line = await process.StandardError.ReadLineAsync(Cancellation);
            Assert.True(line is not null, "Chromium ended before it listened.");
        }
        while (!line.StartsWith(Announcement, StringComparison.Ordinal));

        // What else it says is of no interest, but must be read so that it can go on.
        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await protocol.ConnectAsync(new Uri(line[Announcement.Length..]), Cancellation);
    }

    private async Task<JsonNode> AskAsync(string method, JsonObject parameters)
    {
        var answer = await ExchangeAsync(method, parameters);
        return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]}");
    }

    /// <returns>The whole answer: its <c>result</c> or its <c>error</c>.</returns>
    private async Task<JsonNode> ExchangeAsync(string method, JsonObject parameters, string? session = null)
    {
        var request = new JsonObject { ["id"] = ++lastId, ["method"] = method, ["params"] = parameters };
        if (session is not null)
        {
            request["sessionId"] = session;
        }

        await protocol.SendAsync(
            Encoding.UTF8.GetBytes(request.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
        while (true)
        {
            // Between the answers come events, which nobody here waits for.
            var message = await ReceiveAsync();
            if (message["id"]?.GetValue<int>() == lastId)
            {
                return message;
            }
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult part;
        do
        {
            part = await protocol.ReceiveAsync(message.GetMemory(), Cancellation);
            message.Advance(part.Count);
        }
        while (!part.EndOfMessage);

        return JsonNode.Parse(message.WrittenSpan)!;
    }
}
