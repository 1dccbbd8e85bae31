namespace Footfall.Site;

/// <summary>A résumé that can't be rendered. Its message is one line for each problem.</summary>
public sealed class ResumeException : Exception
{
    public ResumeException()
    {
    }

    public ResumeException(string message)
        : base(message)
    {
    }

    public ResumeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ResumeException(IReadOnlyList<ResumeProblem> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>Every problem that was found, in the file's order.</summary>
    public IReadOnlyList<ResumeProblem> Problems { get; } = [];
}
