using System.Text.Json;
using Footfall.Cli.Commands;

namespace Footfall.Cli.Settings;

/// <summary>
/// Collects settings from, in rising precedence, a settings file, the environment and the command line. What no
/// setting is called is refused: a misspelt name would otherwise be a default that nobody chose.
/// </summary>
/// <param name="environment">All variables; those that begin with <see cref="VariablePrefix"/> are settings.</param>
/// <param name="settingsFile">A JSON file, whose section <see cref="Section"/> has settings; there need not be one.</param>
internal sealed class SettingsReader(IReadOnlyDictionary<string, string> environment, string settingsFile)
{
    public const string VariablePrefix = "FOOTFALL_";
    public const string Section = "Footfall";

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <param name="known">The settings that there are.</param>
    /// <param name="commandLine">Says what was chosen for a setting there; null when nothing was.</param>
    /// <exception cref="CommandException">A name is not known, or the file cannot be read.</exception>
    public SettingValues Read(IReadOnlyList<Setting> known, Func<Setting, IReadOnlyList<string>?> commandLine)
    {
        var values = new SettingValues();
        ReadFile(known, values);
        ReadEnvironment(known, values);
        foreach (var setting in known)
        {
            if (commandLine(setting) is { } chosen)
            {
                values.Override(setting, setting.Option, chosen);
            }
        }

        return values;
    }

    private void ReadFile(IReadOnlyList<Setting> known, SettingValues values)
    {
        using var file = Load();
        foreach (var entry in SectionOf(file))
        {
            var place = $"{settingsFile}: {Section}:{entry.Name}";
            var setting = known.FirstOrDefault(s => s.Key.Equals(entry.Name, StringComparison.OrdinalIgnoreCase))
                ?? throw new CommandException($"{place} is no setting. There are {string.Join(", ", known.Select(s => s.Key))}.");
            values.File = Path.GetFullPath(settingsFile);
            values.Override(
                setting,
                place,
                entry.Value.ValueKind == JsonValueKind.Array
                    ? [.. entry.Value.EnumerateArray().Select(Text)]
                    : Split(setting, Text(entry.Value)));

            string Text(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? throw new CommandException($"{place}: expected a text, a number, true, false or a list of these, found {value.GetRawText()}.")
                : value.ToString();
        }
    }

    private JsonElement.ObjectEnumerator SectionOf(JsonDocument? file)
    {
        var section = Object(file?.RootElement, "the file").FirstOrDefault(entry => entry.Name.Equals(Section, StringComparison.OrdinalIgnoreCase));
        return Object(section.Value.ValueKind == JsonValueKind.Undefined ? null : section.Value, Section);

        JsonElement.ObjectEnumerator Object(JsonElement? value, string place) => value switch
        {
            null => default,
            { ValueKind: JsonValueKind.Object } found => found.EnumerateObject(),
            { } found => throw new CommandException($"{settingsFile} cannot be read: {place} must be an object, {{ … }}, and is {found.GetRawText()}."),
        };
    }

    private JsonDocument? Load()
    {
        try
        {
            return File.Exists(settingsFile) ? JsonDocument.Parse(File.ReadAllText(settingsFile), Lenient) : null;
        }
        catch (JsonException e)
        {
            var reason = e is { LineNumber: { } line, BytePositionInLine: { } position }
                ? $"line {line + 1}, byte {position + 1} is not JSON."
                : e.Message;
            throw new CommandException($"{settingsFile} cannot be read: {reason}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{settingsFile} cannot be read: {e.Message}", e);
        }
    }

    private void ReadEnvironment(IReadOnlyList<Setting> known, SettingValues values)
    {
        var chosen = environment
            .Where(variable => variable.Key.StartsWith(VariablePrefix, StringComparison.Ordinal) && variable.Value.Length > 0)
            .Where(variable => !ServiceVariable.Is(variable.Key, variable.Value))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal);
        foreach (var (name, value) in chosen)
        {
            var setting = known.FirstOrDefault(s => s.Variable == name)
                ?? throw new CommandException(
                    $"the environment's {name} is no setting; unset it. There are {string.Join(", ", known.Select(s => s.Variable))}.");
            values.Override(setting, name, Split(setting, value));
        }
    }

    private static string[] Split(Setting setting, string value) =>
        setting.IsList ? value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [value];
}
