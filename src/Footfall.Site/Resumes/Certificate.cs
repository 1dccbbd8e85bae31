namespace Footfall.Site;

public sealed record Certificate
{
    public string? Name { get; init; }
    public ResumeDate? Date { get; init; }
    public string? Issuer { get; init; }
    public Uri? Url { get; init; }
}
