using System.Text.Json;

namespace Footfall.Site;

/// <summary>What <c>meta.footfall</c> says about the page; <c>docs/resume.md</c> has the table.</summary>
internal sealed class FootfallPreferences
{
    private readonly ReadingLog log;
    private readonly List<(LocatedJson Place, string Section)> named = [];

    private FootfallPreferences(LocatedJson? place, ReadingLog log)
    {
        this.log = log;
        foreach (var (name, value) in place?.Members ?? [])
        {
            Take(name, value);
        }
    }

    /// <summary>Sections in the order to show them; the others follow in the usual one.</summary>
    public IReadOnlyList<string> Sections { get; private set; } = [];

    /// <summary>Headings by section.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Paths of what is left out, such as <c>basics.phone</c> and <c>references</c>.</summary>
    public IReadOnlyList<(LocatedJson Place, string Path)> LeaveOut { get; private set; } = [];

    /// <summary>Whether the page asks search engines to leave it out.</summary>
    public bool NoIndex { get; private set; }

    /// <summary>Whether the page counts its visits and shows the number.</summary>
    public bool Count { get; private set; } = true;

    /// <summary>Whether each language of the page has a counter of its own.</summary>
    public bool CountsEach { get; private set; }

    /// <summary>Paths of what is on a printed copy that is not published, and nowhere else.</summary>
    public IReadOnlyList<(LocatedJson Place, string Path)> PrintOnly { get; private set; } = [];

    public Accent Accent { get; private set; } = Accent.Default;

    public static FootfallPreferences Of(LocatedJson root, ReadingLog log) =>
        new(root.Members.GetValueOrDefault("meta")?.Members.GetValueOrDefault("footfall"), log);

    /// <summary>Tells of each section that the owner names and the file has not.</summary>
    /// <param name="sections">The names that sections have.</param>
    public void TellUnknown(IReadOnlyCollection<string> sections)
    {
        foreach (var (place, section) in named.Where(name => !sections.Contains(name.Section)))
        {
            log.Warn(place, $"expected a section's name ({string.Join(", ", sections)}), found \"{section}\"; not heeded");
        }
    }

    private void Take(string name, LocatedJson value)
    {
        switch (name)
        {
            case "sections":
                Sections = [.. Texts(value).Select(item => item.Text)];
                named.AddRange(value.Items.Where(item => item.Kind == JsonTokenType.String).Select(item => (item, item.Text)));
                break;
            case "titles":
                Titles = value.Members.Where(title => title.Value.Kind == JsonTokenType.String && title.Value.HasValue)
                    .ToDictionary(title => title.Key, title => CleanText.Of(title.Value.Text), StringComparer.Ordinal);
                named.AddRange(value.Members.Select(title => (title.Value, title.Key)));
                break;
            case "leaveOut":
                LeaveOut = [.. Texts(value).Select(item => (item, item.Text))];
                break;
            case "printOnly":
                PrintOnly = [.. Texts(value).Select(item => (item, item.Text))];
                break;
            case "accent":
                TakeAccent(value);
                break;
            case "noindex":
                NoIndex = Flag(value);
                break;
            case "count":
                CountsEach = value.Text == "each";
                Count = CountsEach || Flag(value);
                break;
            default:
                log.Warn(value, "expected sections, titles, leaveOut, printOnly, accent, noindex or count, found none of them; not heeded");
                break;
        }
    }

    /// <summary>One colour, or one for each ground.</summary>
    private void TakeAccent(LocatedJson value)
    {
        var light = value.Members.GetValueOrDefault("light") ?? value;
        if (light.Kind != JsonTokenType.String)
        {
            log.Warn(value, $"expected a colour such as \"#0d5245\", or {{ \"light\": …, \"dark\": … }}, found {value.Description}; not heeded");
            return;
        }

        var (accent, complaint) = Accent.Of(light.Text.Trim(), value.Members.GetValueOrDefault("dark")?.Text.Trim());
        Accent = accent ?? Accent;
        if (complaint is not null)
        {
            log.Warn(value, $"{complaint}; not heeded");
        }
    }

    private IEnumerable<LocatedJson> Texts(LocatedJson list)
    {
        if (list.Kind != JsonTokenType.StartArray)
        {
            log.Warn(list, $"expected a list of texts, found {list.Description}; not heeded");
        }

        return list.Items.Where(item => item.Kind == JsonTokenType.String);
    }

    private bool Flag(LocatedJson value)
    {
        if (value.Kind is not (JsonTokenType.True or JsonTokenType.False))
        {
            log.Warn(value, $"expected true or false, found {value.Description}; read as false");
        }

        return value.Kind == JsonTokenType.True;
    }
}
