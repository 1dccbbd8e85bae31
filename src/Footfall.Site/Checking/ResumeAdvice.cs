namespace Footfall.Site;

/// <summary>
/// What is missing or unclear in a résumé for those who read it: people, the applicant systems that read it before
/// them, and the Cloud Resume Challenge (https://cloudresumechallenge.dev/docs/the-challenge/aws/).
/// </summary>
internal static class ResumeAdvice
{
    private static readonly string[] Clouds = ["AWS", "Amazon", "Azure", "Google Cloud", "GCP", "Cloud Practitioner"];

    /// <summary>Paths and messages.</summary>
    public static IEnumerable<(string Path, string Message)> Of(Resume resume) =>
        [.. OfContacts(resume.Basics), .. OfSections(resume), .. resume.Work.SelectMany(OfWork), .. OfChallenge(resume)];

    private static IEnumerable<(string Path, string Message)> OfContacts(Basics basics)
    {
        if (basics.Email is null)
        {
            yield return ("basics.email", "applicant systems take the e-mail address from here; there is none");
        }
        else if (ContactLinks.Email(basics.Email) is null)
        {
            yield return ("basics.email", $"expected an address such as jane@example.com, found \"{basics.Email}\"; shown without a link");
        }

        if (basics.Phone is { } phone && ContactLinks.Phone(phone) is null)
        {
            yield return ("basics.phone", $"expected a number with its country's code, such as +44 20 7946 0958, found \"{phone}\"; shown without a link");
        }

        if (basics.Location is not { City: not null })
        {
            yield return ("basics.location", "applicant systems look for a city; there is none");
        }

        if (basics.Summary is null)
        {
            yield return ("basics.summary", "a few sentences on who you are say what the rest is about; there are none");
        }
    }

    private static IEnumerable<(string Path, string Message)> OfSections(Resume resume)
    {
        if (resume.Work.Count == 0)
        {
            yield return ("work", "applicant systems look for work; there is none");
        }

        if (resume.Education.Count == 0)
        {
            yield return ("education", "applicant systems look for education; there is none");
        }

        if (resume.Skills.Count == 0)
        {
            yield return ("skills", "applicant systems compare skills with the job's; there are none");
        }
    }

    private static IEnumerable<(string Path, string Message)> OfWork(Work work, int index)
    {
        (string Field, bool IsMissing)[] fields =
        [
            ("name", work.Name is null), ("position", work.Position is null), ("startDate", work.StartDate is null),
        ];
        foreach (var (field, _) in fields.Where(field => field.IsMissing))
        {
            yield return ($"work[{index}].{field}", "applicant systems look for it; there is none");
        }

        foreach (var (field, date) in new[] { ("startDate", work.StartDate), ("endDate", work.EndDate) })
        {
            if (date is { Machine: null })
            {
                yield return ($"work[{index}].{field}", $"applicant systems read a month and a year; \"{date.Written}\" is none that they know");
            }
        }
    }

    private static IEnumerable<(string Path, string Message)> OfChallenge(Resume resume)
    {
        if (!resume.Certificates.Any(certificate => IsOfCloud(certificate.Name) || IsOfCloud(certificate.Issuer)))
        {
            yield return ("certificates", "the Cloud Resume Challenge asks for a cloud certification, AWS Cloud Practitioner or above; there is none");
        }
    }

    private static bool IsOfCloud(string? text) =>
        text is not null && Clouds.Any(cloud => text.Contains(cloud, StringComparison.OrdinalIgnoreCase));
}
