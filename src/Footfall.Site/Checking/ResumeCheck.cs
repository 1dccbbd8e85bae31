using System.IO.Compression;
using System.Text;

namespace Footfall.Site;

/// <summary>Finds all there is to say about a résumé's file.</summary>
public static class ResumeCheck
{
    /// <summary>In bytes, compressed: what a server sends in the first round trip.</summary>
    public const int LargestPage = 14 * 1024;

    /// <param name="file">The file; findings name it as it is given here.</param>
    /// <param name="reading">What of it is read; all, where nothing is said.</param>
    /// <param name="options">What is known beside it.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>In the file's order: what keeps a page from being made, or what the page shows otherwise, then advice.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        string file, ReadingOptions reading, SiteOptions options, CancellationToken cancellationToken = default)
    {
        try
        {
            var resume = await ResumeReader.ReadAsync(file, reading, cancellationToken);
            var source = JsonSource.From(file, await BoundedFile.ReadAsync(file, ResumeReader.LargestFile, cancellationToken));
            var site = await SiteBuilder.BuildAsync(resume, options, cancellationToken);
            return
            [
                .. resume.Warnings.Select(warning => Finding.Of(Severity.Warning, warning)),
                .. site.Warnings.Skip(resume.Warnings.Count).Select(warning => new Finding(Severity.Warning, file, null, null, "", warning)),
                .. SchemaCheck.Run(source).Select(note => Finding.Of(Severity.Note, note)),
                .. OfSize(site, file),
                .. OfAnchors(site, file),
                .. ResumeAdvice.Of(resume).Select(advice => new Finding(Severity.Advice, file, null, null, advice.Path, advice.Message)),
            ];
        }
        catch (ResumeException e)
        {
            return [.. e.Problems.Select(problem => Finding.Of(Severity.Error, problem))];
        }
    }

    /// <summary>Links within the page to what is not there.</summary>
    private static IEnumerable<Finding> OfAnchors(BuiltSite site, string file)
    {
        var page = Encoding.UTF8.GetString(site.Files.Single(page => page.Path == "index.html").Content.Span);
        return page.Split("href=\"#").Skip(1).Select(rest => rest.Split('"')[0]).Distinct()
            .Where(id => !page.Contains($" id=\"{id}\"", StringComparison.Ordinal))
            .Select(id => new Finding(Severity.Warning, file, null, null, "", $"expected a link to a part of the page, such as #work, found #{id}, which leads nowhere"));
    }

    private static IEnumerable<Finding> OfSize(BuiltSite site, string file)
    {
        var size = Compressed(site.Files.Single(page => page.Path == "index.html").Content.Span);
        return size <= LargestPage
            ? []
            : [new(Severity.Advice, file, null, null, "", $"expected a page of at most {LargestPage} bytes compressed, found {size}; it takes a second round trip to arrive")];
    }

    private static long Compressed(ReadOnlySpan<byte> content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return result.Length;
    }
}
