using System.Text;
using System.Text.Json;

namespace Footfall.Site.Pages;

/// <summary>
/// What search engines and other programs read of the page: schema.org's ProfilePage with the Person it is about
/// (https://developers.google.com/search/docs/appearance/structured-data/profile-page), as JSON-LD.
/// </summary>
internal static class StructuredData
{
    /// <summary>A script element that runs nothing, which is why the site's policy has nothing against it.</summary>
    public static string For(Resume resume, PageLinks links)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("@context", "https://schema.org");
            json.WriteString("@type", "ProfilePage");
            Write(json, "dateModified", resume.Meta?.LastModified?.Machine);
            Write(json, "inLanguage", resume.Language.Tag);
            json.WritePropertyName("mainEntity");
            WritePerson(json, resume, links);
            json.WriteEndObject();
        }

        // The writer escapes what HTML could take for the element's end.
        return $"<script type=\"application/ld+json\">{Encoding.UTF8.GetString(buffer.ToArray())}</script>";
    }

    private static void WritePerson(Utf8JsonWriter json, Resume resume, PageLinks links)
    {
        var basics = resume.Basics;
        json.WriteStartObject();
        json.WriteString("@type", "Person");
        json.WriteString("name", basics.Name);
        Write(json, "jobTitle", basics.Label);
        Write(json, "description", basics.Summary is null ? null : MarkdownText.ToPlain(basics.Summary));
        Write(json, "email", basics.Email is { } email && ContactLinks.Email(email) is { } address ? ContactLinks.Shown(address) : null);
        Write(json, "telephone", basics.Phone);
        Write(json, "url", (basics.Url ?? links.Site)?.AbsoluteUri);
        if (links is { Site: not null, Portrait: not null })
        {
            json.WriteString("image", new Uri(links.Site, links.Portrait).AbsoluteUri);
        }

        WriteList(json, "sameAs", basics.Profiles.Select(profile => profile.Url?.AbsoluteUri));
        WriteAddress(json, basics.Location);
        WriteOrganizations(json, "worksFor", "Organization", resume.Work
            .Where(work => work.EndDate is null && work.StartDate is not null).Select(work => work.Name));
        WriteOrganizations(json, "alumniOf", "EducationalOrganization", resume.Education.Select(education => education.Institution));
        WriteList(json, "knowsAbout", resume.Skills.Select(skill => skill.Name));
        WriteList(json, "knowsLanguage", resume.Languages.Select(language => language.Language));
        json.WriteEndObject();
    }

    private static void WriteAddress(Utf8JsonWriter json, Location? location)
    {
        if (location is null)
        {
            return;
        }

        json.WriteStartObject("address");
        json.WriteString("@type", "PostalAddress");
        Write(json, "streetAddress", location.Address);
        Write(json, "postalCode", location.PostalCode);
        Write(json, "addressLocality", location.City);
        Write(json, "addressRegion", location.Region);
        Write(json, "addressCountry", location.CountryCode);
        json.WriteEndObject();
    }

    private static void WriteOrganizations(Utf8JsonWriter json, string name, string type, IEnumerable<string?> organizations)
    {
        var named = organizations.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (named.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var organization in named)
        {
            json.WriteStartObject();
            json.WriteString("@type", type);
            json.WriteString("name", organization);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string?> values)
    {
        var present = values.OfType<string>().ToList();
        if (present.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in present)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
