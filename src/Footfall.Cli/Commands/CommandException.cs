namespace Footfall.Cli.Commands;

/// <summary>
/// Ends a command. The message is for the person who typed it: what was found, where, and what would be right.
/// </summary>
public sealed class CommandException(string message, Exception? innerException = null)
    : Exception(message, innerException);
