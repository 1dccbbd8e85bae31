using System.Text.Json;

namespace Footfall.Site;

/// <summary>
/// Takes one object's fields, forgiving what real files do: null and empty text are absent, a single text
/// stands for a list of one, the field names of older versions are known. A value of the wrong kind is a problem.
/// </summary>
internal sealed class FieldReader(LocatedJson place, ReadingLog log)
{
    private const int LongestExcerpt = 60;
    private const string ExpectedDate = "expected a date such as 2020, 2020-05 or 2020-05-17";

    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>Whether any field had something to say.</summary>
    public bool HasContent { get; private set; }

    /// <summary>The field's text under the first of its names that has any.</summary>
    public string? Text(params ReadOnlySpan<string> names) =>
        Find(names) is { } value ? TextOf(value) : null;

    /// <summary>Like <see cref="Text"/>, for what people also write as a number: a score, a post code, a year.</summary>
    public string? TextOrNumber(params ReadOnlySpan<string> names) =>
        Find(names) is { } value ? TextOrNumberOf(value) : null;

    /// <summary>A link that is safe to render; otherwise null, with a warning.</summary>
    public Uri? Link(params ReadOnlySpan<string> names)
    {
        if (Find(names) is not { } value || TextOf(value) is not { } text)
        {
            return null;
        }

        var link = LinkParser.Parse(text);
        if (link is null)
        {
            log.Warn(value, $"expected a link with https:, http:, mailto: or tel:, found \"{Excerpt(text)}\"; left out");
        }

        return link;
    }

    /// <summary>A date; null where there is none or it says that the time goes on.</summary>
    public ResumeDate? Date(params ReadOnlySpan<string> names)
    {
        if (Find(names) is not { } value
            || TextOrNumberOf(value) is not { } text
            || DateParser.MeansNow(text))
        {
            return null;
        }

        if (DateParser.Parse(text) is not { } date)
        {
            log.Problem(value, $"{ExpectedDate}, found \"{Excerpt(text)}\"");
            return null;
        }

        if (date.Machine is null)
        {
            log.Warn(value, $"{ExpectedDate}, found \"{Excerpt(text)}\"; shown as written");
        }

        return date;
    }

    public IReadOnlyList<string> Texts(params ReadOnlySpan<string> names) => Find(names) switch
    {
        null => [],
        { Kind: JsonTokenType.StartArray } list => [.. list.Items.Where(HasValue).Select(TextOf).OfType<string>()],
        { Kind: JsonTokenType.String } one => TextOf(one) is { } text ? [text] : [],
        var other => Unexpected<IReadOnlyList<string>>(other, "a list of texts") ?? [],
    };

    /// <summary>An object's fields; null where it is absent or says nothing.</summary>
    /// <param name="name">The object's field.</param>
    /// <param name="read">Makes the result.</param>
    /// <param name="open">Whether the object may hold fields that are not in the schema.</param>
    public T? Object<T>(string name, Func<FieldReader, T> read, bool open = false)
        where T : class => Find([name]) switch
        {
            null => null,
            { Kind: JsonTokenType.StartObject } value => ReadObject(value, read, open),
            var other => Unexpected<T>(other, "an object"),
        };

    /// <summary>A list of objects, without those that say nothing.</summary>
    /// <param name="name">The list's field.</param>
    /// <param name="read">Makes an entry of an object.</param>
    /// <param name="shorthand">Makes an entry of a bare text, where people write one.</param>
    public IReadOnlyList<T> Objects<T>(string name, Func<FieldReader, T> read, Func<string, T>? shorthand = null)
        where T : class => Find([name]) switch
        {
            null => [],
            { Kind: JsonTokenType.StartArray } list =>
                [.. list.Items.Where(HasValue).Select(item => Entry(item, read, shorthand)).OfType<T>()],
            var other => Unexpected<IReadOnlyList<T>>(other, "a list of objects") ?? [],
        };

    /// <summary>
    /// Warns of every field that nothing has asked for and that says something.
    /// <c>$schema</c>, <c>_private</c> and <c>x-own</c> are the writer's own affair.
    /// </summary>
    public void WarnOfTheRest()
    {
        foreach (var (name, value) in place.Members)
        {
            if (!known.Contains(name) && !IsOwn(name) && HasValue(value))
            {
                log.WarnUnknown(value);
            }
        }
    }

    private static bool IsOwn(string name) =>
        name.StartsWith('$') || name.StartsWith('_') || name.StartsWith("x-", StringComparison.Ordinal);

    private T? Entry<T>(LocatedJson item, Func<FieldReader, T> read, Func<string, T>? shorthand)
        where T : class => item.Kind switch
        {
            JsonTokenType.StartObject => ReadObject(item, read),
            JsonTokenType.String when shorthand is not null => TextOf(item) is { } text ? shorthand(text) : null,
            _ => Unexpected<T>(item, "an object"),
        };

    private T? ReadObject<T>(LocatedJson value, Func<FieldReader, T> read, bool open = false)
        where T : class
    {
        var fields = new FieldReader(value, log);
        var result = read(fields);
        if (!open)
        {
            fields.WarnOfTheRest();
        }

        return fields.HasContent ? result : null;
    }

    private LocatedJson? Find(params ReadOnlySpan<string> names)
    {
        LocatedJson? found = null;
        foreach (var name in names)
        {
            _ = known.Add(name);
            if (found is null && place.Members.TryGetValue(name, out var value) && HasValue(value))
            {
                found = value;
            }
        }

        HasContent |= found is not null;
        return found;
    }

    private string? TextOrNumberOf(LocatedJson value) =>
        value.Kind == JsonTokenType.Number ? value.Text : TextOf(value);

    private string? TextOf(LocatedJson value)
    {
        if (value.Kind == JsonTokenType.String)
        {
            return CleanText.Of(value.Text) is { Length: > 0 } text ? text : null;
        }

        log.Problem(value, $"expected text, found {value.Description}");
        return null;
    }

    private T? Unexpected<T>(LocatedJson value, string expected)
        where T : class
    {
        log.Problem(value, $"expected {expected}, found {value.Description}");
        return null;
    }

    private static bool HasValue(LocatedJson value) => value.Kind switch
    {
        JsonTokenType.Null => false,
        JsonTokenType.String => CleanText.Of(value.Text).Length > 0,
        JsonTokenType.StartArray => value.Items.Exists(HasValue),
        JsonTokenType.StartObject => value.Members.Values.Any(HasValue),
        _ => true,
    };

    private static string Excerpt(string text) =>
        text.Length <= LongestExcerpt ? text : string.Concat(text.AsSpan(0, LongestExcerpt), "…");
}
