using System.Globalization;

namespace Footfall.LambdaHost;

/// <summary>The program's command line.</summary>
internal sealed record Options(FunctionSettings Function, HttpApiSettings Api)
{
    public const string Usage =
        "usage: Footfall.LambdaHost [--port N] [--payload 1.0|2.0] [--timeout SECONDS] [--concurrency N]"
        + " [--root FOLDER] [--env NAME=VALUE]... -- PROGRAM [ARGUMENT]...";

    /// <exception cref="FormatException">The command line is not as <see cref="Usage"/> says.</exception>
    public static Options Parse(string[] arguments)
    {
        var separator = Array.IndexOf(arguments, "--");
        if (separator < 0 || separator == arguments.Length - 1 || separator % 2 != 0)
        {
            throw new FormatException("After the options comes --, then the program to run.");
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        var options = new Options(
            new FunctionSettings
            {
                FileName = arguments[separator + 1],
                Arguments = arguments[(separator + 2)..],
                Environment = environment,
                Log = Console.WriteLine,
            },
            new HttpApiSettings());
        foreach (var pair in arguments[..separator].Chunk(2))
        {
            options = options.With(pair[0], pair[1], environment);
        }

        return options;
    }

    private Options With(string name, string value, Dictionary<string, string> environment)
    {
        switch (name)
        {
            case "--port":
                return this with { Api = Api with { Port = Number(name, value) } };
            case "--payload" when value is "1.0" or "2.0":
                return this with { Api = Api with { PayloadVersion = value == "1.0" ? PayloadVersion.V1 : PayloadVersion.V2 } };
            case "--timeout":
                return this with { Function = Function with { Timeout = TimeSpan.FromSeconds(Number(name, value)) } };
            case "--concurrency":
                return this with { Function = Function with { MaxConcurrency = Number(name, value) } };
            case "--root":
                return this with { Function = Function with { TaskRoot = value } };
            case "--env" when value.Split('=', 2) is [var variable, var content]:
                environment[variable] = content;
                return this;
            default:
                throw new FormatException($"No such option: {name} {value}");
        }
    }

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{name} takes a whole number, not '{value}'.");
}
