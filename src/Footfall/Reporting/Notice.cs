namespace Footfall.Reporting;

/// <summary>What is told to the owner, in plain words that every format writes in its own way.</summary>
/// <param name="Title">One line; may stand as a mail's subject.</param>
/// <param name="Remarks">Sentences below it.</param>
public sealed record Notice(string Title, IReadOnlyList<string> Remarks, IReadOnlyList<NoticeSection> Sections)
{
    private const string Repetition =
        "This may be a repetition: it was sent before, and whether it arrived is not known.";

    /// <summary>The same, saying that it may have been told before.</summary>
    public Notice AsRepetition() => this with { Remarks = [.. Remarks, Repetition] };
}

/// <summary>A heading and what stands under it.</summary>
public sealed record NoticeSection(string Title, IReadOnlyList<NoticeLine> Lines);

/// <summary>A thing and what is said of it.</summary>
/// <param name="Name">Of a link it is the owner's text, or that of a file that was imported: to be escaped.</param>
public readonly record struct NoticeLine(string Name, string Text);
