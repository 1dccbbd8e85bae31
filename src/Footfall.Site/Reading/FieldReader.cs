using System.Text.Json;

namespace Footfall.Site;

/// <summary>
/// Takes one object's fields, understanding what real files say: null and empty text are absent, names are found
/// however they are spelt, one value stands for a list of one, a number or an object for a text. What has to be
/// understood is told; what nothing asked for is kept under its own name.
/// </summary>
internal sealed class FieldReader(LocatedJson place, ReadingLog log)
{
    private const int LongestExcerpt = 60;
    private const string ExpectedDate = "expected a date such as 2020, 2020-05 or 2020-05-17";

    private static readonly string[] StartNames = ["startDate", "start", "from", "begin", "beginDate"];

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly List<LocatedJson> unlinked = [];
    private bool hasDate;

    /// <summary>Whether any field had something to say.</summary>
    public bool HasContent { get; private set; }

    public Language Language => log.Language;

    /// <summary>The field's text under the first of its names that has any: a name, a title, a word.</summary>
    public string? Text(params ReadOnlySpan<string> names) => Find(names) is { } value ? ValueText.Of(value, log, isProse: false) : null;

    /// <summary>The same where it is sentences, which may have Markdown in them.</summary>
    public string? Prose(params ReadOnlySpan<string> names) => Find(names) is { } value ? ValueText.Of(value, log, isProse: true) : null;

    /// <summary>A text that is an address, also where an object has it beside its name.</summary>
    public string? Address(params ReadOnlySpan<string> names) => Find(names) switch
    {
        null => null,
        { Kind: JsonTokenType.StartObject } value => ValueText.OfLink(value, log),
        var value => ValueText.Of(value, log, isProse: false),
    };

    /// <summary>A place; where it is a text, or there are several, all of it is in the city.</summary>
    public Location? Location() => Find("location") switch
    {
        null => null,
        { Kind: JsonTokenType.StartObject } value => ReadObject(value, ResumeMapper.MapLocation),
        { Kind: JsonTokenType.StartArray, Items: [{ Kind: JsonTokenType.StartObject } only] } => ReadObject(only, ResumeMapper.MapLocation),
        var other => LocationText(other) is { } text ? new() { City = text } : null,
    };

    /// <summary>A link that is safe to render; otherwise null, with a warning. What is no address at all stays as it is, under its name.</summary>
    public Uri? Link(params ReadOnlySpan<string> names)
    {
        if (Find(names) is not { } value || ValueText.OfLink(value, log) is not { } text)
        {
            return null;
        }

        if (LinkParser.Parse(text) is { } link)
        {
            return link;
        }

        var inside = LinkParser.FindIn(text) ?? ContactLinks.Email(text);
        var isText = inside is null && !text.Contains(':', StringComparison.Ordinal);
        log.Warn(value, $"expected a link with https:, http:, mailto: or tel:, found \"{Excerpt(text)}\"; "
            + (inside is not null ? $"read as {inside.AbsoluteUri}" : isText ? "shown as text" : "left out"));
        if (isText)
        {
            unlinked.Add(value);
        }

        return inside;
    }

    /// <summary>What <see cref="Link"/> found to be no address, for a place where a text is as good.</summary>
    public string? TakeUnlinked()
    {
        var text = unlinked is [.., var last] ? last.Text.Trim() : null;
        unlinked.Clear();
        return text;
    }

    /// <summary>A date; null where there is none or it says that the time goes on.</summary>
    /// <remarks>Two dates in one text, and a date beside a beginning, are left for <see cref="Period"/>.</remarks>
    public ResumeDate? Date(params ReadOnlySpan<string> names)
    {
        if (HasOneOf(StartNames) || Find(names) is not { } value)
        {
            return null;
        }

        hasDate = true;
        if (value.Kind == JsonTokenType.String && DateParser.Parse(value.Text) is null && PeriodParser.Parse(value.Text) is not null)
        {
            _ = taken.RemoveWhere(name => place.Members[name] == value);
            hasDate = false;
            return null;
        }

        return DateOf(value);
    }

    /// <summary>From when to when, under two names or in one field; without an end it goes on.</summary>
    public (ResumeDate? From, ResumeDate? To) Period()
    {
        var start = Find(StartNames);
        var end = Find("endDate", "end", "to", "until");
        if (start is not null && end is null && DateParser.Parse(start.Text) is { Machine: { } begun } beginning && FindEnd(begun) is { } ending)
        {
            return (beginning, ending);
        }

        if (start is null && end is not null && DateParser.Parse(end.Text) is null && PeriodParser.Parse(end.Text) is var (begins, ends))
        {
            return (begins, ends);
        }

        if (end is null && (start ?? (hasDate ? null : FindPeriod())) is { } one)
        {
            return one.Kind == JsonTokenType.StartObject && start is null
                ? new FieldReader(one, log).Period()
                : PeriodOf(one, goesOn: start is not null);
        }

        return (start is null ? null : DateOf(start, isBound: true), end is null ? null : DateOf(end, isBound: true));
    }

    /// <summary>A list of words or names.</summary>
    public IReadOnlyList<string> Texts(params ReadOnlySpan<string> names) => TextsOf(Find(names), isProse: false);

    /// <summary>A list of sentences, which may have Markdown in them.</summary>
    public IReadOnlyList<string> Proses(params ReadOnlySpan<string> names) => TextsOf(Find(names), isProse: true);

    /// <summary>An object's fields; null where it is absent or says nothing.</summary>
    /// <param name="name">The object's field.</param>
    /// <param name="read">Makes the result.</param>
    /// <param name="shorthand">Makes it of a text, where there is no object; without one nothing is made of it.</param>
    public T? Object<T>(string name, Func<FieldReader, T> read, Func<string, T>? shorthand = null)
        where T : class => Find(name) switch
        {
            null => null,
            { Kind: JsonTokenType.StartObject } value => ReadObject(value, read),
            { Kind: JsonTokenType.StartArray, Items: [{ Kind: JsonTokenType.StartObject } only] } => ReadObject(only, read),
            var other when shorthand is not null => ValueText.Of(other, log, isProse: false) is { } text ? shorthand(text) : null,
            var other => Unexpected<T>(other, "an object"),
        };

    /// <summary>A list of objects, without those that say nothing.</summary>
    /// <param name="names">The list's field, and what else it is called.</param>
    /// <param name="read">Makes an entry of an object.</param>
    /// <param name="shorthand">Makes an entry of a bare text.</param>
    /// <param name="pair">
    /// The entry's fields for a name and its value, where the list is an object: <c>{ "Tools": ["Go", "SQL"] }</c>.
    /// </param>
    public IReadOnlyList<T> Objects<T>(
        ReadOnlySpan<string> names, Func<FieldReader, T> read, Func<string, T> shorthand, (string Name, string Value) pair)
        where T : class => Find(names) is { } value
            ? [.. EntriesOf(value, pair).Select(item => Entry(item, read, shorthand)).OfType<T>()]
            : [];

    /// <summary>Adds what an entry of any section may say; nothing of the entry is left out after that.</summary>
    public T Common<T>(T entry)
        where T : SectionEntry
    {
        SectionEntry common = entry;
        var (from, to) = Period();
        var complete = common with
        {
            Location = Find("location") is { } location ? LocationText(location) : null,
            Description = Prose("description"),
            Url = Link("url", "website", "link", "href"),
            StartDate = from,
            EndDate = to,
            Summary = Prose("summary"),
            Highlights = Proses("highlights", "responsibilities", "achievements", "accomplishments", "bullets", "descriptions", "duties"),
            Keywords = Texts("keywords"),
        };
        return (T)(complete with { Others = Others() });
    }

    /// <summary>What nothing has asked for and that says something, as it was written; told once for each kind of place.</summary>
    public IDictionary<string, JsonElement>? Others()
    {
        var others = unlinked.Select(value => place.Members.First(member => member.Value == value))
            .ToDictionary(member => member.Key, member => member.Value.ToElement(), StringComparer.Ordinal);
        foreach (var (name, value) in Rest())
        {
            if (value.Kind is JsonTokenType.True or JsonTokenType.False)
            {
                log.WarnUnknown(value, "is not a field of JSON Resume and has no text; left out");
            }
            else if (FieldNames.Normalize(name) == "tags")
            {
                log.WarnUnknown(value, "chooses variants of the page (footfall build --variant); not shown");
            }
            else
            {
                HasContent = true;
                others[name] = value.ToElement();
                log.WarnUnknown(value, "is not a field of JSON Resume; shown under its name");
            }
        }

        return others.Count > 0 ? others : null;
    }

    /// <summary>What nothing has asked for and that says something.</summary>
    public IEnumerable<KeyValuePair<string, LocatedJson>> Rest() =>
        place.Members.Where(member => !taken.Contains(member.Key) && !FieldNames.IsOwn(member.Key) && member.Value.HasValue);

    public LocatedJson? Find(params ReadOnlySpan<string> names)
    {
        LocatedJson? found = null;
        foreach (var name in names)
        {
            foreach (var (written, value) in place.Members)
            {
                if (!taken.Contains(written) && value.HasValue && IsSpelt(written, name) && (found is null || found.SaysTheSame(value)))
                {
                    _ = taken.Add(written);
                    found ??= value;
                }
            }
        }

        HasContent |= found is not null;
        return found;
    }

    private IReadOnlyList<string> TextsOf(LocatedJson? value, bool isProse) => value switch
    {
        null => [],
        { Kind: JsonTokenType.StartArray } list => [.. ItemsOf(list).Select(item => ValueText.OfItem(item, log, isProse)).OfType<string>()],
        var one => ValueText.OfItem(one, log, isProse) is { } text ? [text] : [],
    };

    private static bool IsSpelt(string written, string name) =>
        written == name || FieldNames.Normalize(written) == FieldNames.Normalize(name);

    private static IEnumerable<LocatedJson> ItemsOf(LocatedJson list) =>
        list.Items.Where(item => item.HasValue)
            .SelectMany(item => item.Kind == JsonTokenType.StartArray ? ItemsOf(item) : [item]);

    private IEnumerable<LocatedJson> EntriesOf(LocatedJson value, (string Name, string Value) pair)
    {
        switch (value.Kind)
        {
            case JsonTokenType.StartArray:
                return ItemsOf(value);
            case JsonTokenType.StartObject when !value.Members.Keys.Any(FieldNames.IsOfEntry):
                log.Warn(value, "expected a list of objects, found an object; each of its names is read as an entry's");
                return value.Members.Where(member => member.Value.HasValue && !FieldNames.IsOwn(member.Key))
                    .Select(member => Paired(member.Key, member.Value, pair));
            default:
                log.Warn(value, $"expected a list, found {value.Description}; read as a list of one");
                return [value];
        }
    }

    private static LocatedJson Paired(string name, LocatedJson value, (string Name, string Value) pair)
    {
        var entry = new LocatedJson(JsonTokenType.StartObject, value.Offset, value.Path);
        entry.Members[pair.Name] = new(JsonTokenType.String, value.Offset, value.Path) { Text = name };
        if (value.Kind != JsonTokenType.StartObject)
        {
            entry.Members[pair.Value] = value;
        }
        else
        {
            foreach (var (field, inner) in value.Members)
            {
                _ = entry.Members.TryAdd(field, inner);
            }
        }

        return entry;
    }

    private T? Entry<T>(LocatedJson item, Func<FieldReader, T> read, Func<string, T> shorthand)
        where T : class => item.Kind == JsonTokenType.StartObject
            ? ReadObject(item, read)
            : ValueText.Of(item, log, isProse: false) is { } text ? shorthand(text) : null;

    private T? ReadObject<T>(LocatedJson value, Func<FieldReader, T> read)
        where T : class
    {
        var fields = new FieldReader(value, log);
        var result = read(fields);
        return fields.HasContent ? result : null;
    }

    private string? LocationText(LocatedJson location)
    {
        if (location.Kind == JsonTokenType.StartArray && location.Items.Exists(item => item.Kind == JsonTokenType.StartObject))
        {
            return string.Join(" / ", ItemsOf(location).Select(LocationText).OfType<string>());
        }

        if (location.Kind != JsonTokenType.StartObject)
        {
            return ValueText.Of(location, log, isProse: false);
        }

        return ReadObject(location, ResumeMapper.MapLocation) is { } read
            ? string.Join(", ", new[] { PostalAddress.Write(read) }.Concat(OtherField.Of(read.Others).Select(field => $"{field.Label}: {field.Text}"))
                .Where(part => part.Length > 0))
            : null;
    }

    private LocatedJson? FindPeriod()
    {
        string[] names = ["dates", "period", "dateRange", "date", "years", "year"];
        var isPeriod = place.Members.Any(member => names.Any(name => IsSpelt(member.Key, name)) && LooksLikePeriod(member.Value));
        return isPeriod ? Find(names) : null;
    }

    /// <summary>A date that stands beside a beginning and is later is the end.</summary>
    private ResumeDate? FindEnd(string beginning)
    {
        foreach (var name in (string[])["date", "year"])
        {
            if (place.Members.FirstOrDefault(member => IsSpelt(member.Key, name)).Value is { Kind: JsonTokenType.String or JsonTokenType.Number } value
                && DateParser.Parse(value.Text.Trim()) is { Machine: { } machine } date
                && string.CompareOrdinal(machine, beginning) > 0)
            {
                _ = Find(name);
                return date;
            }
        }

        return null;
    }

    private bool HasOneOf(ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (place.Members.Any(member => IsSpelt(member.Key, name) && member.Value.HasValue))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LooksLikePeriod(LocatedJson value) =>
        value.Kind == JsonTokenType.StartObject
        || DateParser.Parse(value.Text.Trim()) is not null
        || PeriodParser.Parse(value.Text) is not null;

    private (ResumeDate? From, ResumeDate? To) PeriodOf(LocatedJson value, bool goesOn)
    {
        if (value.Kind == JsonTokenType.String && DateParser.Parse(value.Text.Trim()) is null
            && PeriodParser.Parse(value.Text) is var (from, to))
        {
            return (from, to);
        }

        var date = DateOf(value, isBound: true);
        var isWhole = !goesOn || (date is { Machine: null } && PeriodParser.IsSpan(date.Written));
        return (date, isWhole ? date : null);
    }

    /// <param name="value">A date in any form.</param>
    /// <param name="isBound">Whether it is a beginning or an end, and may say so: "since 2015".</param>
    private ResumeDate? DateOf(LocatedJson value, bool isBound = false)
    {
        if (value.Kind == JsonTokenType.StartObject && DateParts(value) is { } parts)
        {
            return parts;
        }

        if (ValueText.Of(value, log, isProse: false) is not { } text || DateParser.MeansNow(text))
        {
            return null;
        }

        if ((DateParser.Parse(text) ?? (isBound ? PeriodParser.ParseBound(text) : null)) is { } date)
        {
            return date;
        }

        log.Warn(value, $"{ExpectedDate}, found \"{Excerpt(text)}\"; shown as written");
        return ResumeDate.FromWords(text);
    }

    /// <summary><c>{ "year": 2020, "month": 5 }</c></summary>
    private static ResumeDate? DateParts(LocatedJson value)
    {
        return ResumeDate.FromParts(Part("year"), Part("month"), Part("day"));

        string Part(string name) => value.Members.GetValueOrDefault(name)?.Text ?? "";
    }

    private T? Unexpected<T>(LocatedJson value, string expected)
        where T : class
    {
        log.Warn(value, $"expected {expected}, found {value.Description}; left out");
        return null;
    }

    private static string Excerpt(string text) =>
        text.Length <= LongestExcerpt ? text : string.Concat(text.AsSpan(0, LongestExcerpt), "…");
}
