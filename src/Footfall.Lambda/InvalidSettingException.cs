namespace Footfall.Lambda;

/// <summary>An environment variable is missing or wrong; the message names it, what was found and what is expected.</summary>
public sealed class InvalidSettingException(string message) : Exception(message)
{
    internal static InvalidSettingException Missing(string name, string expected) =>
        new($"{name} is not set. Expected: {expected}.");

    internal static InvalidSettingException Wrong(string name, string found, string expected) =>
        new($"{name} is '{found}'. Expected: {expected}.");
}
