using System.Globalization;
using Footfall.Cli.Commands;

namespace Footfall.Cli.Settings;

/// <summary>What was chosen, and where: an error names the place.</summary>
internal sealed class SettingValues
{
    private readonly Dictionary<Setting, Given> given = [];

    /// <summary>The settings file in which something was chosen, an absolute path; null when nothing was.</summary>
    public string? File { get; set; }

    /// <summary>Adds what was chosen in a place of higher precedence than all before.</summary>
    /// <param name="place">What the owner calls it there: <c>FOOTFALL_PORT</c>.</param>
    public void Override(Setting setting, string place, IReadOnlyList<string> values) =>
        given[setting] = new Given(place, values);

    /// <summary>The value of a setting, or null when it was not chosen.</summary>
    /// <exception cref="CommandException">There is more than one, or <paramref name="parse"/> refused it.</exception>
    public T? Read<T>(Setting setting, Func<string, T> parse)
        where T : class => Parse(setting, parse);

    /// <inheritdoc cref="Read"/>
    public T? ReadChoice<T>(Setting setting, Func<string, T> parse)
        where T : struct => Parse<T?>(setting, text => parse(text));

    /// <inheritdoc cref="Read"/>
    public int? ReadNumber(Setting setting, int least, int most) => Parse<int?>(setting, text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"'{text}' is no whole number from {least} to {most}.")));

    /// <inheritdoc cref="Read"/>
    public TimeSpan? ReadSpan(Setting setting, TimeSpan least, TimeSpan most) => Parse<TimeSpan?>(setting, text =>
        TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span) && span >= least && span <= most
            ? span
            : throw new FormatException($"'{text}' is no time from {least:c} to {most:c}, such as 00:30:00."));

    /// <summary>The values of a setting; none when it was not chosen.</summary>
    /// <exception cref="CommandException"><paramref name="parse"/> refused them.</exception>
    public T ReadList<T>(Setting setting, Func<IEnumerable<string>, T> parse)
    {
        var chosen = given.GetValueOrDefault(setting, Given.Nothing);
        return Explain(chosen.Place, () => parse(chosen.Values));
    }

    /// <summary>Makes sure that none of these settings was chosen.</summary>
    /// <exception cref="CommandException">One was.</exception>
    public void Refuse(IEnumerable<Setting> settings, string reason)
    {
        if (settings.FirstOrDefault(given.ContainsKey) is { } chosen)
        {
            throw new CommandException($"{given[chosen].Place}: {reason}");
        }
    }

    private T? Parse<T>(Setting setting, Func<string, T> parse)
    {
        if (!given.TryGetValue(setting, out var chosen))
        {
            return default;
        }

        return chosen.Values.Count == 1
            ? Explain(chosen.Place, () => parse(chosen.Values[0]))
            : throw new CommandException($"{chosen.Place}: expected one value, found {chosen.Values.Count}.");
    }

    private static T Explain<T>(string place, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (FormatException e)
        {
            throw new CommandException($"{place}: {e.Message}", e);
        }
    }

    private sealed record Given(string Place, IReadOnlyList<string> Values)
    {
        public static readonly Given Nothing = new("", []);
    }
}
