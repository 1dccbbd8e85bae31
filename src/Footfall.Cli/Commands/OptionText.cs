namespace Footfall.Cli.Commands;

/// <summary>Makes of an option's text what it means.</summary>
internal static class OptionText
{
    /// <returns>Null for no text.</returns>
    /// <param name="parse">Throws <see cref="FormatException"/> for a text that means nothing.</param>
    /// <exception cref="CommandException">The text means nothing; the message names the option.</exception>
    public static T? Parse<T>(string option, string? text, Func<string, T> parse)
        where T : class
    {
        try
        {
            return text is null ? null : parse(text);
        }
        catch (FormatException e)
        {
            throw new CommandException($"{option}: {e.Message}", e);
        }
    }
}
