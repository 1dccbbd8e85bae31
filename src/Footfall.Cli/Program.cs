using System.Collections;
using System.CommandLine;
using System.CommandLine.Help;
using System.Security.Cryptography;
using Footfall.Cli;
using Footfall.Cli.Commands;
using Footfall.Cli.Cost;
using Footfall.Cli.Settings;

var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
// A user that the system does not know, as in many containers, has no home; what .NET and the AWS SDK look for there is
// then simply not there, instead of an error.
if (!OperatingSystem.IsWindows() && string.IsNullOrEmpty(environment.GetValueOrDefault("HOME")))
{
    Environment.SetEnvironmentVariable(
        "HOME", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify));
}

if (!OpenSsl.IsThere(environment.GetValueOrDefault("DOTNET_OPENSSL_VERSION_OVERRIDE")))
{
    await Console.Error.WriteLineAsync(
        "footfall: OpenSSL is missing, which is the system's part of it: install libssl3 (Debian, Ubuntu: apt-get install libssl3; "
        + "Fedora, RHEL, Amazon Linux: dnf install openssl-libs).");
    return 1;
}

var settings = new SettingsReader(environment, settingsFile: "appsettings.json");
using var random = RandomNumberGenerator.Create();

var footfall = new Command("footfall", "Puts a résumé on the web and counts its visits honestly.")
{
    new HelpOption { Action = new HelpWithNotes() },
    new VersionOption(),
    CommandLine.Verbose,
    ServeCommand.Create(settings, environment.GetValueOrDefault("PATH"), TimeProvider.System, random, Random.Shared),
    HealthCommand.Create(settings),
    LinkCommand.Create(settings, TimeProvider.System, random, Random.Shared),
    OwnerKeyCommand.Create(random),
    InitCommand.Create(Console.IsInputRedirected ? null : Console.In),
    BuildCommand.Create(environment.GetValueOrDefault("PATH"), TimeProvider.System),
    CheckCommand.Create(environment.GetValueOrDefault("PATH"), TimeProvider.System),
    ExportCommand.Create(settings, TimeProvider.System, Random.Shared),
    ImportCommand.Create(settings, TimeProvider.System, Random.Shared),
    ReportCommand.Create(settings, TimeProvider.System, Random.Shared),
    BackupCommand.Create(settings),
    TableCommand.Create(TimeProvider.System),
    CostCommand.Create(),
};
footfall.Subcommands.Add(CompleteCommand.Create(footfall));
footfall.Subcommands.Add(ManualCommand.Create(footfall));
return await CommandLine.RunAsync(footfall, args, Console.Out, Console.Error, !Console.IsErrorRedirected);
