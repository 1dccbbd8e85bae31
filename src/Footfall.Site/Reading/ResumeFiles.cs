namespace Footfall.Site;

/// <summary>The files of one résumé in several languages: <c>resume.json</c>, and <c>resume.de.json</c> beside it.</summary>
public static class ResumeFiles
{
    /// <param name="file">The file that the owner names.</param>
    /// <returns>
    /// The first page's, then those of its translations by their names. Where the named one is not there, English or
    /// else the first of the others takes its place; where it names a language itself, or nothing is beside it, it is alone.
    /// </returns>
    public static IReadOnlyList<string> Of(string file)
    {
        if (ResumeLanguage.FromFileName(file) is not null)
        {
            return [file];
        }

        var translations = TranslationsOf(file);
        return File.Exists(file) || translations.Count == 0
            ? [file, .. translations]
            : [.. translations.OrderByDescending(translation => ResumeLanguage.FromFileName(translation)!.Tag == "en")];
    }

    private static List<string> TranslationsOf(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var named = Path.GetDirectoryName(file) ?? "";
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, $"{Path.GetFileNameWithoutExtension(file)}.*.json")
                .Select(translation => Path.Combine(named, Path.GetFileName(translation)))
                .Where(translation => ResumeLanguage.FromFileName(translation) is not null)
                .Order(StringComparer.Ordinal)]
            : [];
    }
}
