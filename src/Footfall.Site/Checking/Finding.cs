namespace Footfall.Site;

/// <summary>Something about a résumé that its owner should know.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="File">The file as the caller named it.</param>
/// <param name="Line">From 1; null where it is not about a place in the file.</param>
/// <param name="Column">From 1, in UTF-16 code units, as editors count.</param>
/// <param name="Path">Where in the document, such as <c>work[0].startDate</c>; empty for the whole of it.</param>
/// <param name="Message">What was expected, what was found, what was done or is to be done.</param>
public sealed record Finding(Severity Severity, string File, int? Line, int? Column, string Path, string Message)
{
    public static Finding Of(Severity severity, ResumeProblem problem) =>
        new(severity, problem.File, problem.Line, problem.Column, problem.Path, problem.Message);

    /// <summary>As compilers say it, with the severity in front: <c>warning: resume.json:12:5: talks: …</c>.</summary>
    public override string ToString() =>
        $"{Name}: {File}{(Line is null ? "" : $":{Line}:{Column}")}: {(Path.Length == 0 ? "" : $"{Path}: ")}{Message}";

    private string Name => Severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Note => "note",
        _ => "advice",
    };
}
