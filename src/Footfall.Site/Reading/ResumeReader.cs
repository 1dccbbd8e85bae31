namespace Footfall.Site;

/// <summary>
/// Reads a <c>resume.json</c> in the JSON Resume format, version 1.0.0 or the field names of 0.0.0
/// (https://jsonresume.org/schema). What it forgives and what it does not: <c>docs/resume.md</c>.
/// </summary>
public static class ResumeReader
{
    /// <summary>The largest file that is read, in bytes; a résumé with its picture inside is seldom half of it.</summary>
    public const int LargestFile = 4 << 20;

    /// <param name="path">The file; problems name it as it is given here.</param>
    /// <param name="options">What of it is read; all, where nothing is said.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ResumeException">It is too large, not JSON, or not a résumé; every problem is in it.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static async Task<Resume> ReadAsync(
        string path, ReadingOptions? options = null, CancellationToken cancellationToken = default)
    {
        var length = new FileInfo(path).Length;
        return length > LargestFile
            ? throw TooLarge(path, length)
            : Parse(await BoundedFile.ReadAsync(path, LargestFile, cancellationToken), path, options);
    }

    /// <param name="content">The file's bytes: UTF-8, or UTF-16 with a byte order mark.</param>
    /// <param name="file">What problems call the file.</param>
    /// <param name="options">What of it is read; all, where nothing is said.</param>
    /// <exception cref="ResumeException">It is too large, not JSON, or not a résumé; every problem is in it.</exception>
    public static Resume Parse(ReadOnlySpan<byte> content, string file, ReadingOptions? options = null)
    {
        if (content.Length > LargestFile)
        {
            throw TooLarge(file, content.Length);
        }

        var source = JsonSource.From(file, content);
        var log = new ReadingLog(source);
        if (source.WasWindows1252)
        {
            log.Warnings.Add(source.ProblemAt(0, "", "expected UTF-8, found bytes that are none; read as Windows-1252"));
        }

        options ??= new();
        var root = JsonTree.Read(source, log);
        if (root is not null)
        {
            root = Unwrapping.Of(root, options.Language ?? ResumeLanguage.FromFileName(file), log);
            log.Language = options.Language ?? ResumeLanguage.Of(root, file, log);
            Translations.Resolve(root, log);
        }

        var resume = root is null ? null : Select(root, log, options);
        if (log.Problems.Count > 0 || resume is null)
        {
            throw new ResumeException(InOrder(log.Problems));
        }

        return resume with { Language = log.Language, Warnings = InOrder(log.Warnings) };
    }

    private static Resume? Select(LocatedJson root, ReadingLog log, ReadingOptions options)
    {
        var preferences = FootfallPreferences.Of(root, log);
        Selection.Apply(root, preferences, options, log);
        if (ResumeMapper.Map(root, log) is not { } resume)
        {
            return null;
        }

        preferences.TellUnknown(resume.SectionOrder);
        return resume with
        {
            SectionOrder = [.. preferences.Sections.Where(resume.SectionOrder.Contains).Distinct(), .. resume.SectionOrder.Except(preferences.Sections)],
            Titles = preferences.Titles,
            NoIndex = preferences.NoIndex,
            IsCounted = preferences.Count,
            CountsEach = preferences.CountsEach,
            Accent = preferences.Accent,
        };
    }

    private static ResumeException TooLarge(string file, long length) =>
        new([new(file, 1, 1, "", $"expected at most {LargestFile} bytes, found {length}")]);

    private static List<ResumeProblem> InOrder(List<ResumeProblem> problems) =>
        [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];
}
