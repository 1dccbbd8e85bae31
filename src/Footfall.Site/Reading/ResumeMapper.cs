using System.Text.Json;

namespace Footfall.Site;

/// <summary>From JSON to <see cref="Resume"/>: one line a field, its name first and then what older files say.</summary>
internal static class ResumeMapper
{
    /// <returns>Null where it is no résumé at all; the reason is in the log.</returns>
    public static Resume? Map(LocatedJson root, ReadingLog log)
    {
        if (root.Kind != JsonTokenType.StartObject)
        {
            log.Problem(root, $"expected an object with basics, found {root.Description}");
            return null;
        }

        var fields = new FieldReader(root, log);
        var resume = MapSections(fields);
        fields.WarnOfTheRest();
        if (resume.Basics.Name.Length == 0)
        {
            RequireName(root, log);
        }

        return resume;
    }

    private static Resume MapSections(FieldReader fields) => new()
    {
        Basics = fields.Object("basics", MapBasics) ?? new() { Name = "" },
        Work = fields.Objects("work", MapWork),
        Volunteer = fields.Objects("volunteer", MapVolunteer),
        Education = fields.Objects("education", MapEducation),
        Awards = fields.Objects("awards", MapAward),
        Certificates = fields.Objects("certificates", MapCertificate),
        Publications = fields.Objects("publications", MapPublication),
        Skills = fields.Objects("skills", MapSkill, name => new() { Name = name }),
        Languages = fields.Objects("languages", MapLanguage, language => new() { Language = language }),
        Interests = fields.Objects("interests", MapInterest, name => new() { Name = name }),
        References = fields.Objects("references", MapReference),
        Projects = fields.Objects("projects", MapProject),
        Meta = fields.Object("meta", MapMeta, open: true),
    };

    private static void RequireName(LocatedJson root, ReadingLog log)
    {
        if (log.Problems.Exists(problem => problem.Path is "basics" or "basics.name"))
        {
            return;
        }

        if (root.Members.GetValueOrDefault("basics") is not { } basics)
        {
            log.Problem(root with { Path = "basics" }, "expected an object with the person's name, found nothing; "
                + "is this a file in the JSON Resume format (https://jsonresume.org/schema)?");
            return;
        }

        var name = basics.Members.GetValueOrDefault("name");
        log.Problem(
            (name ?? basics) with { Path = "basics.name" },
            $"expected the person's name, found {name?.Description ?? "nothing"}");
    }

    private static Basics MapBasics(FieldReader fields) => new()
    {
        Name = fields.Text("name") ?? "",
        Label = fields.Text("label"),
        Image = fields.Text("image", "picture"),
        Email = fields.Text("email"),
        Phone = fields.TextOrNumber("phone"),
        Url = fields.Link("url", "website"),
        Summary = fields.Text("summary"),
        Location = fields.Object("location", MapLocation),
        Profiles = fields.Objects("profiles", MapProfile),
    };

    private static Location MapLocation(FieldReader fields) => new()
    {
        Address = fields.Text("address"),
        PostalCode = fields.TextOrNumber("postalCode"),
        City = fields.Text("city"),
        CountryCode = fields.Text("countryCode"),
        Region = fields.Text("region"),
    };

    private static Profile MapProfile(FieldReader fields) => new()
    {
        Network = fields.Text("network"),
        Username = fields.TextOrNumber("username"),
        Url = fields.Link("url", "website"),
    };

    private static Work MapWork(FieldReader fields) => new()
    {
        Name = fields.Text("name", "company"),
        Position = fields.Text("position"),
        Location = fields.Text("location"),
        Description = fields.Text("description"),
        Url = fields.Link("url", "website"),
        StartDate = fields.Date("startDate"),
        EndDate = fields.Date("endDate"),
        Summary = fields.Text("summary"),
        Highlights = fields.Texts("highlights"),
    };

    private static Volunteer MapVolunteer(FieldReader fields) => new()
    {
        Organization = fields.Text("organization"),
        Position = fields.Text("position"),
        Url = fields.Link("url", "website"),
        StartDate = fields.Date("startDate"),
        EndDate = fields.Date("endDate"),
        Summary = fields.Text("summary"),
        Highlights = fields.Texts("highlights"),
    };

    private static Education MapEducation(FieldReader fields) => new()
    {
        Institution = fields.Text("institution"),
        Url = fields.Link("url", "website"),
        Area = fields.Text("area"),
        StudyType = fields.Text("studyType"),
        StartDate = fields.Date("startDate"),
        EndDate = fields.Date("endDate"),
        Score = fields.TextOrNumber("score", "gpa"),
        Courses = fields.Texts("courses"),
    };

    private static Award MapAward(FieldReader fields) => new()
    {
        Title = fields.Text("title"),
        Date = fields.Date("date"),
        Awarder = fields.Text("awarder"),
        Summary = fields.Text("summary"),
    };

    private static Certificate MapCertificate(FieldReader fields) => new()
    {
        Name = fields.Text("name"),
        Date = fields.Date("date"),
        Issuer = fields.Text("issuer"),
        Url = fields.Link("url", "website"),
    };

    private static Publication MapPublication(FieldReader fields) => new()
    {
        Name = fields.Text("name"),
        Publisher = fields.Text("publisher"),
        ReleaseDate = fields.Date("releaseDate"),
        Url = fields.Link("url", "website"),
        Summary = fields.Text("summary"),
    };

    private static Skill MapSkill(FieldReader fields) => new()
    {
        Name = fields.Text("name"),
        Level = fields.TextOrNumber("level"),
        Keywords = fields.Texts("keywords"),
    };

    private static SpokenLanguage MapLanguage(FieldReader fields) => new()
    {
        Language = fields.Text("language", "name"),
        Fluency = fields.Text("fluency", "level"),
    };

    private static Interest MapInterest(FieldReader fields) => new()
    {
        Name = fields.Text("name"),
        Keywords = fields.Texts("keywords"),
    };

    private static Reference MapReference(FieldReader fields) => new()
    {
        Name = fields.Text("name"),
        Words = fields.Text("reference"),
    };

    private static Project MapProject(FieldReader fields) => new()
    {
        Name = fields.Text("name"),
        Description = fields.Text("description", "summary"),
        Highlights = fields.Texts("highlights"),
        Keywords = fields.Texts("keywords"),
        StartDate = fields.Date("startDate"),
        EndDate = fields.Date("endDate"),
        Url = fields.Link("url", "website"),
        Roles = fields.Texts("roles"),
        Entity = fields.Text("entity"),
        Type = fields.Text("type"),
    };

    private static ResumeMeta MapMeta(FieldReader fields) => new()
    {
        Language = fields.Text("language"),
        Canonical = fields.Link("canonical"),
        Version = fields.TextOrNumber("version"),
        LastModified = fields.Date("lastModified"),
    };
}
