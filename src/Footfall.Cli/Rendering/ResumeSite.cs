using Footfall.Cli.Commands;
using Footfall.Site;

namespace Footfall.Cli.Rendering;

/// <summary>The site of one résumé, made as often as it is asked for.</summary>
/// <param name="file">The résumé, as the owner named it; messages name it the same way.</param>
/// <param name="options">What is known beside it.</param>
/// <param name="reading">What of it is read; all, where nothing is said.</param>
internal sealed class ResumeSite(string file, SiteOptions options, ReadingOptions? reading = null)
{
    /// <summary>What the page was last made of, and so what is worth watching: the résumé and its picture.</summary>
    public IReadOnlyList<string> Sources { get; private set; } = [file];

    /// <exception cref="CommandException">The résumé cannot be read, or is none; a line for each problem.</exception>
    public async Task<BuiltSite> RenderAsync(CancellationToken cancellationToken)
    {
        try
        {
            var resume = await ResumeReader.ReadAsync(file, reading, cancellationToken);
            var folder = FolderOf(resume);
            Sources = PictureOf(resume) is { } picture ? [file, Path.Combine(folder, picture)] : [file];
            return await SiteBuilder.BuildAsync(
                resume, options with { ImageFolder = folder }, cancellationToken);
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
