using System.Text;
using System.Text.Encodings.Web;
using Footfall.Site;

namespace Footfall.Tests.Site;

/// <summary>Résumés to test with.</summary>
internal static class Resumes
{
    /// <summary>Every field of every section, each with a text of its own.</summary>
    public const string Complete = """
        {
          "basics": {
            "name": "Jane Doe", "label": "Welder", "email": "jane@example.com", "phone": "+44 117 496 0143",
            "url": "https://jane.example.com", "summary": "First paragraph.\n\nSecond\nparagraph.",
            "location": { "address": "1 Dock Road", "postalCode": "BS1", "city": "Bristol", "region": "Avon", "countryCode": "GB" },
            "profiles": [{ "network": "Forge", "username": "janed", "url": "https://forge.example.com/janed" }]
          },
          "work": [{ "name": "Acme", "position": "Lead", "location": "Hull", "description": "Makes anvils.",
            "url": "https://acme.example.com", "startDate": "2020-03", "summary": "Led the shop.",
            "highlights": ["Built a bridge", "Built another"] }],
          "volunteer": [{ "organization": "Lifeboats", "position": "Crew", "url": "https://boats.example.com",
            "startDate": "2018", "endDate": "2019", "summary": "Saved people.", "highlights": ["Twelve of them"] }],
          "education": [{ "institution": "College", "url": "https://college.example.com", "area": "Metallurgy",
            "studyType": "BSc", "startDate": "2015-09", "endDate": "2018-06", "score": "First", "courses": ["Alloys"] }],
          "awards": [{ "title": "Golden torch", "date": "2022-11-05", "awarder": "Guild", "summary": "For seams." }],
          "certificates": [{ "name": "Underwater welding", "date": "2021", "issuer": "Board", "url": "https://board.example.com" }],
          "publications": [{ "name": "On seams", "publisher": "Press", "releaseDate": "2023-01", "url": "https://press.example.com", "summary": "All about seams." }],
          "skills": [{ "name": "Arc", "level": "Master", "keywords": ["TIG", "MIG"] }],
          "languages": [{ "language": "Welsh", "fluency": "Native" }],
          "interests": [{ "name": "Sailing", "keywords": ["Dinghies"] }],
          "references": [{ "name": "John Roe", "reference": "Never saw a better seam." }],
          "projects": [{ "name": "Trellis", "description": "A garden of steel.", "highlights": ["Still stands"],
            "keywords": ["Steel"], "startDate": "2021-01", "endDate": "2021-02", "url": "https://trellis.example.com",
            "roles": ["Designer"], "entity": "Park", "type": "Sculpture" }],
          "meta": { "canonical": "https://jane.example.com/resume.json", "version": "v1", "lastModified": "2026-10-04" }
        }
        """;

    public static Resume Parse(string json) => ResumeReader.Parse(Encoding.UTF8.GetBytes(json), "resume.json");

    public static Resume WithWork(string json) =>
        Parse($$"""{ "basics": { "name": "Jane Doe" }, "work": [{{json}}] }""");

    public static string Quoted(string text) => $"\"{JavaScriptEncoder.Default.Encode(text)}\"";
}
