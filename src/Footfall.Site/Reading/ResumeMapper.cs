using System.Text.Json;

namespace Footfall.Site;

/// <summary>From JSON to <see cref="Resume"/>: one line a field, its name first and then what else it is called.</summary>
internal static class ResumeMapper
{
    private static readonly string[] WorkNames =
    [
        "work", "workExperience", "workExperiences", "experience", "experiences", "employment", "jobs", "works", "workHistory",
        "employmentHistory", "professionalExperience",
    ];

    private static readonly string[] OfResumes =
        ["skill", "educat", "experien", "career", "employ", "certif", "resume", "biograph", "formaci", "formação", "ausbildung", "beruf"];

    /// <returns>Null where it is no résumé at all; the reason is in the log.</returns>
    public static Resume? Map(LocatedJson root, ReadingLog log)
    {
        if (root.Kind != JsonTokenType.StartObject)
        {
            log.Problem(root, $"expected an object with basics, found {root.Description}");
            return null;
        }

        foreach (var work in root.Members.Where(member => WorkNames.Contains(member.Key)))
        {
            Positions.TakeApart(work.Value, log);
        }

        var fields = new FieldReader(root, log);
        var resume = MapSections(fields) with { Basics = BasicsOf(root, fields, log) };
        if (root.Members.GetValueOrDefault("work") is not { Kind: JsonTokenType.StartArray } && ForeignFormat.Describe(root) is { } format)
        {
            log.Problem(root, $"expected the JSON Resume format (https://jsonresume.org/schema), found {format}");
            return null;
        }

        if (resume.Basics.Summary is null && root.Members.GetValueOrDefault("about") is { Kind: JsonTokenType.String })
        {
            resume = resume with { Basics = resume.Basics with { Summary = fields.Prose("about") } };
        }

        var custom = CustomSections.Of(fields, log);
        resume = resume with
        {
            Custom = custom,
            Others = CustomSections.ToElements(root, custom),
            SectionOrder = CustomSections.Order(root, custom),
        };
        return resume.Basics.Name.Length > 0 ? resume : Nameless(root, resume, log);
    }

    private static Resume MapSections(FieldReader fields) => new()
    {
        Basics = new() { Name = "" },
        Work = fields.Objects(WorkNames, MapWork, name => new() { Name = name }, ("name", "summary")),
        Volunteer = fields.Objects(["volunteer", "volunteering"], MapVolunteer, name => new() { Organization = name }, ("organization", "summary")),
        Education = fields.Objects(["education", "educations", "educationHistory"], MapEducation, name => new() { Institution = name }, ("institution", "summary")),
        Awards = fields.Objects(["awards"], MapAward, title => new() { Title = title }, ("title", "summary")),
        Certificates = fields.Objects(["certificates", "certifications"], MapCertificate, name => new() { Name = name }, ("name", "issuer")),
        Publications = fields.Objects(["publications"], MapPublication, name => new() { Name = name }, ("name", "summary")),
        Skills = fields.Objects(["skills"], MapSkill, name => new() { Name = name }, ("name", "keywords")),
        Languages = fields.Objects(["languages"], MapLanguage, language => new() { Language = language }, ("language", "fluency")),
        Interests = fields.Objects(["interests"], MapInterest, name => new() { Name = name }, ("name", "keywords")),
        References = fields.Objects(["references"], MapReference, name => new() { Name = name }, ("name", "reference")),
        Projects = fields.Objects(["projects"], MapProject, name => new() { Name = name }, ("name", "description")),
        Meta = fields.Object("meta", MapMeta),
    };

    /// <summary>The person's object; where there is none, what stands at the top of the file is the person's.</summary>
    private static Basics BasicsOf(LocatedJson root, FieldReader fields, ReadingLog log)
    {
        foreach (var called in (string[])["basics", "basic", "profile", "personal", "personalInfo", "personalInformation", "personalDetails", "basicInfo"])
        {
            if (fields.Object(called, MapBasics, name => new() { Name = name }) is { } basics)
            {
                return basics;
            }
        }

        if (root.Members.FirstOrDefault(member => FieldNames.Normalize(member.Key) is "name" or "fullname" or "nombre" or "nome").Value is not { Kind: JsonTokenType.String } name)
        {
            return new() { Name = "" };
        }

        log.Warn(name with { Path = "basics" }, "expected an object with the person's name, found the name at the top of the file; read as if it were in one");
        return MapKnownBasics(fields);
    }

    /// <summary>A résumé without a name is still one; a file without anything is none.</summary>
    private static Resume? Nameless(LocatedJson root, Resume resume, ReadingLog log)
    {
        var basics = root.Members.GetValueOrDefault("basics");
        var name = basics?.Members.GetValueOrDefault("name");
        var place = (name ?? basics ?? root) with { Path = basics is null ? "basics" : "basics.name" };
        var found = basics is null
            ? "expected an object with the person's name, found nothing"
            : $"expected the person's name, found {name?.Description ?? "nothing"}";
        if (resume is { Work.Count: 0, Education.Count: 0, Projects.Count: 0, Skills.Count: 0, Publications.Count: 0, Certificates.Count: 0 }
            && resume.Basics is { Summary: null, Label: null }
            && !resume.Custom.Any(section => IsOfResume(section.Name)))
        {
            log.Problem(place, $"{found}; is this a file in the JSON Resume format (https://jsonresume.org/schema)?");
            return null;
        }

        var heading = resume.Basics.Label ?? log.Language.Words.Page.Resume;
        log.Warn(place, $"{found}; the page is headed \"{heading}\"");
        return resume with { Basics = resume.Basics with { Name = heading, Label = null } };
    }

    /// <summary>Whether only a résumé has a section of that name, in any language of the page.</summary>
    private static bool IsOfResume(string name)
    {
        var normal = FieldNames.Normalize(name);
        return OfResumes.Any(word => normal.Contains(word, StringComparison.Ordinal))
            || Language.Known.SelectMany(tag => Language.WordsOf(tag).Headings.Values).Any(heading => FieldNames.Normalize(heading) == normal);
    }

    private static Basics MapBasics(FieldReader fields)
    {
        var basics = MapKnownBasics(fields);
        return basics with { Others = fields.Others() };
    }

    private static Basics MapKnownBasics(FieldReader fields) => new()
    {
        Name = fields.Text("name", "fullName", "nombre", "nome") ?? FullName(fields) ?? "",
        Label = fields.Text("label", "headline", "title"),
        Image = fields.Address("image", "picture", "photo"),
        Email = fields.Address("email"),
        Phone = fields.Text("phone", "telephone", "mobile"),
        Url = fields.Link("url", "website"),
        Summary = fields.Prose("summary", "about"),
        Location = fields.Location(),
        Profiles = fields.Objects(["profiles"], MapProfile, ProfileOf, ("network", "url")),
    };

    private static string? FullName(FieldReader fields)
    {
        string?[] parts = [fields.Text("firstName", "givenName"), fields.Text("middleName"), fields.Text("lastName", "familyName", "surname")];
        return string.Join(' ', parts.OfType<string>()) is { Length: > 0 } name ? name : null;
    }

    public static Location MapLocation(FieldReader fields) => new()
    {
        Address = fields.Text("address", "street"),
        PostalCode = fields.Text("postalCode", "zip", "zipCode", "postcode"),
        City = fields.Text("city", "locality", "town", "name"),
        CountryCode = fields.Text("countryCode", "country"),
        Region = fields.Text("region", "state", "province"),
        Others = fields.Others(),
    };

    private static Profile MapProfile(FieldReader fields)
    {
        var url = fields.Link("url", "website", "link");
        return new()
        {
            Network = fields.Text("network", "name"),
            Username = fields.Text("username", "user", "handle") ?? fields.TakeUnlinked(),
            Url = url,
            Others = fields.Others(),
        };
    }

    private static Profile ProfileOf(string text) =>
        LinkParser.Parse(text) is { } link ? new() { Url = link } : new() { Username = text };

    private static Work MapWork(FieldReader fields) => fields.Common(new Work
    {
        Name = fields.Text("name", "company", "employer", "organization"),
        Position = fields.Text("position", "title", "role", "jobTitle"),
    });

    private static Volunteer MapVolunteer(FieldReader fields) => fields.Common(new Volunteer
    {
        Organization = fields.Text("organization", "name"),
        Position = fields.Text("position", "title", "role"),
    });

    private static Education MapEducation(FieldReader fields) => fields.Common(new Education
    {
        Institution = fields.Text("institution", "school", "university", "name"),
        Area = fields.Text("area", "major", "fieldOfStudy", "field"),
        StudyType = fields.Text("studyType", "degree"),
        Score = fields.Text("score", "gpa", "grade"),
        Courses = fields.Texts("courses"),
    });

    private static Award MapAward(FieldReader fields) => fields.Common(new Award
    {
        Title = fields.Text("title", "name"),
        Date = fields.Date("date", "year"),
        Awarder = fields.Text("awarder", "issuer"),
    });

    private static Certificate MapCertificate(FieldReader fields) => fields.Common(new Certificate
    {
        Name = fields.Text("name", "title"),
        Date = fields.Date("date", "year", "issueDate"),
        Issuer = fields.Text("issuer", "authority"),
    });

    private static Publication MapPublication(FieldReader fields) => fields.Common(new Publication
    {
        Name = fields.Text("name", "title"),
        Publisher = fields.Text("publisher"),
        ReleaseDate = fields.Date("releaseDate", "date", "year"),
    });

    private static Skill MapSkill(FieldReader fields) => fields.Common(new Skill
    {
        Name = fields.Text("name", "skill", "category"),
        Level = fields.Text("level"),
    });

    private static SpokenLanguage MapLanguage(FieldReader fields) => fields.Common(new SpokenLanguage
    {
        Language = fields.Text("language", "name"),
        Fluency = fields.Text("fluency", "level"),
    });

    private static Interest MapInterest(FieldReader fields) => fields.Common(new Interest
    {
        Name = fields.Text("name"),
    });

    private static Reference MapReference(FieldReader fields) => fields.Common(new Reference
    {
        Name = fields.Text("name"),
        Words = fields.Prose("reference", "text", "quote"),
    });

    private static Project MapProject(FieldReader fields) => fields.Common(new Project
    {
        Name = fields.Text("name", "title"),
        Roles = fields.Texts("roles", "role"),
        Entity = fields.Text("entity"),
        Type = fields.Text("type"),
    });

    private static ResumeMeta MapMeta(FieldReader fields) => new()
    {
        Language = fields.Text("language"),
        Canonical = fields.Link("canonical"),
        Version = fields.Text("version"),
        LastModified = fields.Date("lastModified"),
    };
}
