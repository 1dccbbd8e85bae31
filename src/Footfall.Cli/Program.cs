using System.Collections;
using System.CommandLine;
using System.CommandLine.Help;
using Footfall.Cli.Commands;
using Footfall.Cli.Settings;

var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
var settings = new SettingsReader(environment, settingsFile: "appsettings.json");

var footfall = new Command("footfall", "Puts a résumé on the web and counts its visits honestly.")
{
    new HelpOption { Action = new HelpWithNotes() },
    new VersionOption(),
    ServeCommand.Create(settings),
    BuildCommand.Create(),
};
return await CommandLine.RunAsync(footfall, args, Console.Out, Console.Error);
