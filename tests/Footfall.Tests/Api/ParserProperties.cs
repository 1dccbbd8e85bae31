using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Footfall.Api;
using FsCheck;
using FsCheck.Fluent;

namespace Footfall.Tests.Api;

/// <summary>What holds for every input of the parsers, tried on thousands.</summary>
public sealed class ParserProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    // Pieces that a body may be made of, right and wrong; put together at random they are often nearly JSON.
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", " ", "\n", "\"counter\"", "\"webdriver\"",
            "\"c\\u006funter\"", "\"/\"", "\"readme\"", "\"\"",
            "\"\\ud83d\\udc40\"", "\"\\ud800\"", "\"counter\\udfff\"", "\"\\u0000\"",
            "true", "false", "null", "0", "-1e999", "//", "/**/", "'",
            "{\"counter\":", "{\"counter\":\"/\"", ",\"webdriver\":", "\"\u00E9\u8A2A\"",
        }.Select(Encoding.UTF8.GetBytes),
        [0xEF, 0xBB, 0xBF], [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0],
    ];

    private static readonly Arbitrary<string> Text = ArbMap.Default.ArbFor<string?>()
        .Generator.Select(text => text ?? "").ToArbitrary();

    private static readonly Arbitrary<string> HostileText = Gen.OneOf(
            Text.Generator,
            Gen.Choose(0, 0x10FFFF).Select(value => Rune.IsValid(value) ? new Rune(value).ToString() : $"{(char)value}")
                .ListOf().Select(runes => string.Concat(runes)),
            Gen.Elements(
                    "%", "%2", "%41", "%C3%A9", "%FF", "%00", "+", "&", "=", "counter", "label", "a", "\u00E9", "\uD800", " ", "..", "/", "<", ">", "\"", "'", "&amp;", "]]>", "\u202E")
                .ListOf().Select(parts => string.Concat(parts)))
        .ToArbitrary();

    [Fact]
    public void A_body_is_read_as_an_independent_parser_reads_it_or_refused()
    {
        var bodies = Gen.OneOf(
            Gen.Elements(Pieces).ListOf().Select(pieces => pieces.SelectMany(piece => piece).ToArray()),
            ArbMap.Default.GeneratorFor<byte[]>());
        Prop.ForAll(bodies.ToArbitrary(), body => Assert.Equal(Oracle(body), Parse(body))).Check(Many);
    }

    [Fact]
    public void A_body_of_any_text_is_read_as_it_was_written()
    {
        Prop.ForAll(HostileText, counter =>
        {
            if (IsText(counter))
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(counter, TestJson.Default.String);
                Assert.Equal(new VisitBody(counter, WebDriver: false), Parse([.. "{\"counter\":"u8, .. body, .. "}"u8]));
            }
        }).Check(Many);
    }

    [Fact]
    public void A_query_is_read_or_refused_as_malformed() =>
        Prop.ForAll(HostileText, query => _ = Try(() => new QueryParameters(query)["counter"])).Check(Many);

    [Fact]
    public void A_query_parameter_of_any_text_is_read_as_it_was_written()
    {
        Prop.ForAll(HostileText, value =>
        {
            if (IsText(value))
            {
                var query = new QueryParameters($"a=b&label={Uri.EscapeDataString(value)}&c");
                Assert.Equal(value, query["label"]);
                Assert.Equal("", query["c"]);
                Assert.Null(query["label2"]);
            }
        }).Check(Many);
    }

    [Fact]
    public void A_badge_with_any_label_is_well_formed_and_says_it_or_is_refused()
    {
        Prop.ForAll(HostileText, text =>
        {
            if (Try(() => Badge.Parse(new QueryParameters($"label={Uri.EscapeDataString(text)}"))) is { Label: var label } badge)
            {
                Assert.Equal(text, label);
                var svg = Load(badge.Draw(1_234_567));
                Assert.Equal($"{label}: 1,234,567", svg.Element(svg.Name.Namespace + "title")!.Value);
                Assert.Equal($"{label}: 1,234,567", svg.Attribute("aria-label")!.Value);
                Assert.Equal(6, svg.DescendantsAndSelf().Count(element => element.Name.LocalName != "title"));
            }
        }).Check(Many);
    }

    [Fact]
    public void A_counter_key_survives_every_way_to_send_it_or_is_no_key()
    {
        Prop.ForAll(HostileText, key =>
        {
            if (IsAccepted(() => CounterKeys.Validate(key)))
            {
                Assert.Equal(key, new QueryParameters($"counter={key}")["counter"]);
                Assert.Equal(key, Parse(Encoding.ASCII.GetBytes($$"""{"counter":"{{key}}"}"""))?.Counter);
                Assert.Equal(key, new Uri($"https://example.com/?{key}").Query[1..]);
                Assert.True(new CounterKeys([key]).Contain(key));
            }
        }).Check(Many);
    }

    [Fact]
    public void A_key_of_a_family_is_a_key_that_begins_with_it_and_never_a_links()
    {
        var paths = Gen.OneOf(
                HostileText.Generator,
                Gen.Elements("/", "~to", "~", "a", ".", "..", "blog", "*", "k7f3q2xm", "\u00E9", " ", "%2f", new string('a', 60))
                    .ListOf().Select(parts => string.Concat(parts)))
            .ToArbitrary();
        Prop.ForAll(paths, paths, (folder, page) =>
        {
            var family = $"{folder}/*";
            if (IsAccepted(() => _ = new CounterKeys([family])))
            {
                var keys = new CounterKeys([family]);
                var key = $"{folder}/{page}";
                Assert.Equal(IsAccepted(() => CounterKeys.Validate(key)), keys.Contain(key));
                Assert.False(keys.Contain(page) && !page.StartsWith($"{folder}/", StringComparison.Ordinal) && page != "/");
                Assert.False(key.StartsWith("~to/", StringComparison.Ordinal));
            }
        }).Check(Many);
    }

    [Fact]
    public void An_origin_is_what_a_browser_would_send_or_is_none()
    {
        var origins = Gen.Elements(
                "https", "http", "://", ":", "/", "example", ".", "com", "EXAMPLE", "localhost", "[::1]", "127.0.0.1",
                "443", "80", "8080", "user@", "*", "b\u00FCcher", "xn--bcher-kva", " ", "?", "#", "null")
            .ListOf().Select(parts => string.Concat(parts)).ToArbitrary();
        Prop.ForAll(origins, origin =>
        {
            if (IsAccepted(() => _ = new AllowedOrigins([origin])))
            {
                Assert.Equal(origin, new Uri(origin).GetLeftPart(UriPartial.Authority));
                Assert.True(new AllowedOrigins([origin]).Contain(origin));
                Assert.False(new AllowedOrigins([origin]).Contain(origin + "/"));
            }
        }).Check(Many);
    }

    [Fact]
    public void Only_the_very_host_is_the_same_origin()
    {
        var hosts = Gen.Elements(
            "example.com", "example.com:80", "localhost", "[::1]", "", "com", "https://", "http", "evil").ToArbitrary();
        Prop.ForAll(hosts, hosts, HostileText, (host, other, noise) =>
        {
            Assert.Equal(host.Length > 0, AllowedOrigins.IsSameOrigin($"https://{host}", host));
            Assert.Equal(host.Length > 0 && host == other, AllowedOrigins.IsSameOrigin($"http://{other}", host));
            Assert.Equal(host.Length > 0 && noise.Length == 0, AllowedOrigins.IsSameOrigin($"http://{noise}{host}", host));
            Assert.Equal(host.Length > 0 && noise.Length == 0, AllowedOrigins.IsSameOrigin($"http://{host}{noise}", host));
        }).Check(Many);
    }

    /// <summary>What the general-purpose parser makes of a body; null when it is not one to count by.</summary>
    private static VisitBody? Oracle(byte[] body)
    {
        if (body.Length == 0)
        {
            return new VisitBody("/", WebDriver: false);
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? ReadMembers(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static VisitBody? ReadMembers(JsonElement root)
    {
        var members = root.EnumerateObject().ToLookup(member => member.Name, member => member.Value);
        var isRight = members.All(member => member.Key is "counter" or "webdriver" && member.Count() == 1)
            && members["counter"].All(value => value.ValueKind == JsonValueKind.String)
            && members["webdriver"].All(value => value.ValueKind is JsonValueKind.True or JsonValueKind.False);
        return isRight
            ? new VisitBody(
                members["counter"].Select(value => value.GetString()!).SingleOrDefault() ?? "/",
                members["webdriver"].Select(value => value.GetBoolean()).SingleOrDefault())
            : null;
    }

    private static VisitBody? Parse(byte[] body)
    {
        try
        {
            return VisitBody.Parse(body);
        }
        catch (ProblemException e)
        {
            Assert.Equal(400, e.Response.Status);
            return null;
        }
    }

    private static T? Try<T>(Func<T?> parse)
        where T : class
    {
        try
        {
            return parse();
        }
        catch (ProblemException e)
        {
            Assert.Equal(400, e.Response.Status);
            return null;
        }
    }

    private static bool IsAccepted(Action validate)
    {
        try
        {
            validate();
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsText(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    private static XElement Load(ReadOnlyMemory<byte> svg)
    {
        using var stream = new MemoryStream(svg.ToArray());
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader);
    }
}
