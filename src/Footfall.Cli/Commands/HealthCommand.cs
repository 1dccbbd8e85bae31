using System.CommandLine;
using System.Net;
using Footfall.Cli.Settings;

namespace Footfall.Cli.Commands;

/// <summary>Asks the server on this machine whether it can count: for a container's health check, without a shell.</summary>
internal static class HealthCommand
{
    private const string Notes = """
        Examples:
          footfall health
          footfall health --port 9000

        Host and port are those of footfall serve, from the command line, the environment or appsettings.json.
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Create(SettingsReader reader)
    {
        var options = ServeSettings.Listening.ToDictionary(setting => setting, setting => new Option<string[]>(setting.Option)
        {
            Description = setting.Description,
            HelpName = setting.Value,
        });
        var command = new CommandWithNotes(
            "health", "Says whether the server here answers, and its store; fails if not.", Notes);
        foreach (var option in options.Values)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (line, stop) =>
        {
            var values = reader.Read(ServeSettings.All, setting =>
                options.TryGetValue(setting, out var option) && line.GetResult(option) is not null ? line.GetValue(option) : null);
            await RunAsync(ServeSettings.From(values).Hosting.Endpoint, line.InvocationConfiguration.Output, stop);
        });
        return command;
    }

    private static async Task RunAsync(IPEndPoint endpoint, TextWriter output, CancellationToken stop)
    {
        var address = new Uri($"http://{Reachable(endpoint)}/api/health");
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(address, stop);
            if (!answer.IsSuccessStatusCode)
            {
                throw new CommandException($"{address} answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
            }

            await output.WriteLineAsync(await answer.Content.ReadAsStringAsync(stop));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            throw new CommandException($"{address} does not answer: {e.GetBaseException().Message}", e);
        }
    }

    // What listens on every address listens on the loopback.
    private static IPEndPoint Reachable(IPEndPoint endpoint) =>
        endpoint.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, endpoint.Port)
        : endpoint.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, endpoint.Port)
        : endpoint;
}
