using System.Buffers;

namespace Footfall.Counting;

/// <summary>
/// The name of the phone or tablet in a browser's user agent: makers choose it, so it says nothing of who is there.
/// There are an "M bot 60", an "XBot Junior" and a "Spider 8".
/// </summary>
internal static class DeviceName
{
    private const string BeginningOfPlatform = "Mozilla/5.0 (";

    // Systems that run on many makers' devices, and have the device's name behind their own.
    private static readonly SearchValues<string> Systems =
        SearchValues.Create(["Android", "Tizen", "Windows Phone", "HarmonyOS", "(Mobile;"], StringComparison.Ordinal);

    /// <summary>
    /// Where the name stands: from the field behind the system's to the end of the platform, or to the first field that
    /// names a program with its version or address. Empty where no device is named.
    /// </summary>
    /// <remarks>
    /// "Mozilla/5.0 (Linux; Android 7.0; M bot 60 Build/NRD90M) …": " M bot 60 Build/NRD90M".
    /// </remarks>
    public static Range Find(ReadOnlySpan<char> userAgent)
    {
        if (!userAgent.StartsWith(BeginningOfPlatform, StringComparison.Ordinal))
        {
            return default;
        }

        var end = EndOfPlatform(userAgent);
        var system = userAgent[..end].IndexOfAny(Systems);
        var behindSystem = system < 0 ? -1 : userAgent[system..end].IndexOf(';');
        if (behindSystem < 0)
        {
            return default;
        }

        var start = system + behindSystem + 1;

        return start..(start + LengthOfName(userAgent[start..end]));
    }

    // The parenthesis that closes it: "moto g power (2022)" has its own.
    private static int EndOfPlatform(ReadOnlySpan<char> userAgent)
    {
        var depth = 1;
        for (var i = BeginningOfPlatform.Length; i < userAgent.Length; i++)
        {
            depth += userAgent[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return userAgent.Length;
    }

    private static int LengthOfName(ReadOnlySpan<char> fields)
    {
        var length = 0;
        while (length < fields.Length)
        {
            var field = fields[length..];
            var next = field.IndexOf(';') is >= 0 and var separator ? separator + 1 : field.Length;
            if (NamesProgram(field[..next].TrimStart()))
            {
                break;
            }

            length += next;
        }

        return length;
    }

    // "Foobot/1.0", "compatible" and "+https://…", but not "S208 Build/1.2" and not "cubot/MAX".
    private static bool NamesProgram(ReadOnlySpan<char> field)
    {
        var build = field.IndexOf(" Build/", StringComparison.Ordinal);
        var name = build < 0 ? field : field[..build];
        var slash = name.IndexOf('/');

        return field.StartsWith("compatible", StringComparison.Ordinal)
            || field.Contains("://", StringComparison.Ordinal)
            || (slash >= 0 && slash + 1 < name.Length && char.IsAsciiDigit(name[slash + 1]));
    }
}
