namespace Footfall.Cli.Settings;

/// <summary>Something that an owner may choose, under the names that it has in each place.</summary>
/// <param name="Name">In lower case with hyphens: <c>visit-window</c>.</param>
/// <param name="Value">Stands for the value in the help.</param>
/// <param name="Description">Said in the help.</param>
internal sealed record Setting(string Name, string Value, string Description)
{
    /// <summary>Whether there may be more than one value; then <see cref="Name"/> is a plural.</summary>
    public bool IsList { get; init; }

    /// <summary>On the command line: <c>--visit-window</c>, and <c>--counter</c> once for each of the counters.</summary>
    public string Option => $"--{(IsList ? Singular : Name)}";

    /// <summary>In the environment: <c>FOOTFALL_VISIT_WINDOW</c>; the values of a list are separated by commas.</summary>
    public string Variable => SettingsReader.VariablePrefix + Name.ToUpperInvariant().Replace('-', '_');

    /// <summary>In the section of the settings file: <c>VisitWindow</c>.</summary>
    public string Key => string.Concat(Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private string Singular => Name.EndsWith("ies", StringComparison.Ordinal) ? $"{Name[..^3]}y" : Name[..^1];
}
