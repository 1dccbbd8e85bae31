namespace Footfall.Site;

/// <summary>Something in a résumé's file that is wrong, or that the page will not show as written.</summary>
/// <param name="File">The file as the caller named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units, as editors count.</param>
/// <param name="Path">Where in the document, such as <c>work[0].startDate</c>; empty for the whole of it.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record ResumeProblem(string File, int Line, int Column, string Path, string Message)
{
    /// <summary>As compilers say it: <c>resume.json:12:5: basics.name: expected text, found a number</c>.</summary>
    /// <remarks>One line, whatever a name or a value in the file holds.</remarks>
    public override string ToString() =>
        (Path.Length == 0 ? $"{File}:{Line}:{Column}: {Message}" : $"{File}:{Line}:{Column}: {Path}: {Message}").ReplaceLineEndings("\\n");
}
