using System.Runtime.InteropServices;
using Footfall.LambdaHost;

Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    await Console.Error.WriteLineAsync(Options.Usage);
    return 2;
}

await using var function = new LambdaFunction(options.Function);
await using var api = await HttpApi.StartAsync(function, options.Api);
Console.WriteLine($"Listening on {api.BaseAddress}");
var stopped = new TaskCompletionSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
await stopped.Task;
return 0;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopped.TrySetResult();
}
