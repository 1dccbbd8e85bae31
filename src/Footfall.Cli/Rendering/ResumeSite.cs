using Footfall.Cli.Commands;
using Footfall.Site;

namespace Footfall.Cli.Rendering;

/// <summary>The site of one résumé, in all the languages that it is in, made as often as it is asked for.</summary>
/// <param name="file">The résumé, as the owner named it; messages name it the same way.</param>
/// <param name="options">What is known beside it.</param>
/// <param name="reading">What of it is read; all, where nothing is said.</param>
/// <param name="stylesheet">The owner's own, which is read as often; null for none.</param>
internal sealed class ResumeSite(string file, SiteOptions options, ReadingOptions? reading = null, string? stylesheet = null)
{
    /// <summary>What the page was last made of, and so what is worth watching: the résumés, their picture, the owner's stylesheet.</summary>
    public IReadOnlyList<string> Sources { get; private set; } = [file];

    /// <summary>Makes the site that was last rendered for an address, as it was read then.</summary>
    public Func<Uri, Task<BuiltSite>> At { get; private set; } = _ => throw new InvalidOperationException("Nothing is rendered yet.");

    /// <exception cref="CommandException">The résumé cannot be read, or is none; a line for each problem.</exception>
    public async Task<BuiltSite> RenderAsync(CancellationToken cancellationToken)
    {
        try
        {
            var files = ResumeFiles.Of(file);
            var resumes = new List<Resume> { await ResumeReader.ReadAsync(files[0], reading, cancellationToken) };
            foreach (var translation in files.Skip(1))
            {
                resumes.Add(await ResumeReader.ReadAsync(translation, (reading ?? new()) with { Language = null }, cancellationToken));
            }

            var folder = FolderOf(resumes[0]);
            Sources = [file, .. files.Where(one => one != file), .. PictureOf(resumes[0]) is { } picture ? [Path.Combine(folder, picture)] : (string[])[], .. stylesheet is null ? (string[])[] : [stylesheet]];
            var complete = options with { ImageFolder = folder, Stylesheet = await ReadStylesheetAsync(cancellationToken) };
            At = address => SiteBuilder.BuildAsync(resumes, complete with { SiteUrl = address }, CancellationToken.None);
            return await SiteBuilder.BuildAsync(resumes, complete, cancellationToken);
        }
        catch (ResumeException e)
        {
            throw new CommandException(e.Message, e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException(
                $"{file} is not there. Write one (https://jsonresume.org/schema), or name another with --resume FILE.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {e.Message}", e);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadStylesheetAsync(CancellationToken cancellationToken)
    {
        if (stylesheet is null)
        {
            return null;
        }

        try
        {
            var content = await File.ReadAllBytesAsync(stylesheet, cancellationToken);
            return content.Length <= OwnStylesheet.Largest
                ? content
                : throw new CommandException($"--css: {stylesheet} has {content.Length} bytes, where {OwnStylesheet.Largest} are the most.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--css: {stylesheet} cannot be read: {e.Message}", e);
        }
    }

    // A picture may be beside the link that the résumé is, or beside what it leads to.
    private string FolderOf(Resume resume)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var behindLinks = Path.GetDirectoryName(RealPath.Of(file))!;
        return PictureOf(resume) is { } picture && File.Exists(Path.Combine(behindLinks, picture)) ? behindLinks : folder;
    }

    // An address, be it https: or data:, has a colon; what is behind it is no file here.
    private static string? PictureOf(Resume resume) =>
        resume.Basics.Image is { } image && !image.Contains(':', StringComparison.Ordinal) ? image.TrimStart('/') : null;
}
