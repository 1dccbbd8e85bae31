using System.Buffers;

namespace Footfall.Counting;

/// <summary>
/// Automation that says so in its user agent: crawlers, HTTP libraries, headless browsers, link previews, monitors.
/// </summary>
/// <remarks>
/// The names are those of crawler-user-agents, beside a few general signs; docs/decisions/0003-bot-patterns.md says
/// how they were chosen and what they miss. They stand in the assembly as sorted text that is searched where it lies:
/// they cost nothing at start, a lookup allocates nothing, and its time is bounded for any input.
/// </remarks>
public static partial class KnownBots
{
    // Browsers stay below 700 characters. What stands further back only costs time.
    private const int LongestRead = 2048;

    private static readonly SearchValues<string> GeneralSigns =
        SearchValues.Create(["bot", "crawl", "spider", "http"], StringComparison.OrdinalIgnoreCase);

    // A program that shows pages names one of these; many a crawler does, too.
    private static readonly SearchValues<string> ShowsPages = SearchValues.Create(
        [
            "AppleWebKit", "Gecko", "MSIE", "Trident", "Presto", "Opera", "Browser", "Konqueror", "Contiki", "NuttX", "XBMC",
        ],
        StringComparison.Ordinal);

    // What Apple's library sends for an app that shows pages. For all others it fetches what nobody looks at yet.
    private static readonly SearchValues<string> AppleBrowsers = SearchValues.Create(
        [
            "browser", "safari", "webkit", "webprocess", "omniweb", "opera", "firefox", "chrome", "edge", "brave",
            "duckduckgo", "vivaldi", "ecosia", "explorer", "aloha", "arcmobile", "atlas", "maxthon", "yandex", "dolphin",
            "puffin", "lilo", "fget", "xstand",
        ],
        StringComparison.OrdinalIgnoreCase);

    // Browsers whose whole user agent is one word: text browsers and the oldest phones.
    private static readonly string[] BrowsersOfOneWord =
        ["Mozilla", "Opera", "Dillo", "ELinks", "Links", "Lynx", "w3m", "Nokia", "SonyEricsson"];

    /// <summary>Whether the user agent is of known automation. An empty or blank one is.</summary>
    public static bool Matches(ReadOnlySpan<char> userAgent)
    {
        var text = userAgent[..Math.Min(userAgent.Length, LongestRead)].Trim();
        var device = DeviceName.Find(text);

        return text.IsEmpty
            || IsProgramName(text)
            || BeginsWithAny(FirstWords, text)
            || IsApplesLibrary(text)
            || IsCompatibleOnly(text)
            || SaysWhatItIs(text[..device.Start])
            || SaysWhatItIs(text[device.End..]);
    }

    private static bool SaysWhatItIs(ReadOnlySpan<char> text) => HasGeneralSign(text) || HasName(text);

    private static bool HasGeneralSign(ReadOnlySpan<char> text)
    {
        for (var start = 0; text[start..].IndexOfAny(GeneralSigns) is >= 0 and var offset; start++)
        {
            start += offset;
            var isSign = text[start] switch
            {
                'b' or 'B' => IsEndOfBotsName(text, start),
                'h' or 'H' => IsCrawlersAddress(text, start),
                _ => true,
            };
            if (isSign)
            {
                return true;
            }
        }

        return false;
    }

    // "Googlebot/2.1", "robot", "Bot"; but not "Bottle", and not "CUBOT", who make phones.
    private static bool IsEndOfBotsName(ReadOnlySpan<char> text, int start)
    {
        var after = text[(start + "bot".Length)..];

        return (after.IsEmpty || !char.IsAsciiLetter(after[0]))
            && !text[..start].EndsWith("cu", StringComparison.OrdinalIgnoreCase);
    }

    // "+http…" is where to complain. Without the plus an address may be of the toolbar that a browser's user agent
    // carries; no browser has one that names no engine.
    private static bool IsCrawlersAddress(ReadOnlySpan<char> text, int start)
    {
        var rest = text[start..];

        return text[..start].EndsWith('+')
            || ((rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                    || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
                && !text.ContainsAny(ShowsPages));
    }

    // "AppName/1.2 CFNetwork/3860.100.1 Darwin/25.0.0": an app without a browser asks for a preview, an icon, a feed.
    private static bool IsApplesLibrary(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("Mozilla/", StringComparison.Ordinal))
        {
            return false;
        }

        var library = text.IndexOf("CFNetwork/", StringComparison.Ordinal);

        return library >= 0 && !text[..library].ContainsAny(AppleBrowsers);
    }

    // "Mozilla/5.0 (compatible; Something/1.0)" and no more: a browser says behind it what shows the page.
    private static bool IsCompatibleOnly(ReadOnlySpan<char> text)
    {
        const string Beginning = "Mozilla/5.0 (compatible; ";
        if (!text.StartsWith(Beginning, StringComparison.Ordinal) || !text.EndsWith(')') || text.ContainsAny(ShowsPages))
        {
            return false;
        }

        var name = text[Beginning.Length..];
        var slash = name.IndexOf('/');

        return slash > 0 && char.IsAsciiDigit(name[slash + 1]) && !name[..slash].ContainsAny(" ;()");
    }

    // "node", "Java/21.0.1", "kube-probe/1.31": browsers say what they run on, hence more than one word.
    private static bool IsProgramName(ReadOnlySpan<char> text)
    {
        if (!char.IsAsciiLetterOrDigit(text[0]) || text.ContainsAny(" \t"))
        {
            return false;
        }

        foreach (var browser in BrowsersOfOneWord)
        {
            if (text.StartsWith(browser, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    // A name counts from the start of a word only: "008/" is a crawler, "Opera Mini/4.4.39008/37" is not.
    private static bool HasName(ReadOnlySpan<char> text)
    {
        var insideWord = false;
        for (var i = 0; i < text.Length; i++)
        {
            var partOfWord = char.IsAsciiLetterOrDigit(text[i]);
            if (partOfWord && !insideWord && BeginsWithAny(NamesFrom(text[i]), text[i..]))
            {
                return true;
            }

            insideWord = partOfWord;
        }

        return false;
    }

    // A binary search in sorted lines. No line begins with another one,
    // so the text cannot begin with a line other than the one it would be sorted after.
    private static bool BeginsWithAny(ReadOnlySpan<byte> lines, ReadOnlySpan<char> text)
    {
        while (!lines.IsEmpty)
        {
            var middle = lines.Length / 2;
            var start = lines[..middle].LastIndexOf((byte)'\n') + 1;
            var length = lines[start..].IndexOf((byte)'\n');
            var end = length < 0 ? lines.Length : start + length;

            var order = CompareBeginning(text, lines[start..end]);
            if (order == 0)
            {
                return true;
            }

            lines = order < 0 ? lines[..Math.Max(start - 1, 0)] : lines[Math.Min(end + 1, lines.Length)..];
        }

        return false;
    }

    // 0 when the text begins with the line, otherwise below or above 0 as the text sorts before or after it.
    private static int CompareBeginning(ReadOnlySpan<char> text, ReadOnlySpan<byte> line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var order = (i < text.Length ? text[i] : 0) - line[i];
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
