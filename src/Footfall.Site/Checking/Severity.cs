namespace Footfall.Site;

/// <summary>How much a finding matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Worth a thought; the page is right without it.</summary>
    [JsonStringEnumMemberName("advice")]
    Advice,

    /// <summary>The page shows it; a program that holds the file to JSON Resume's schema may refuse it.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>The page does not show it as it was written.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>There is no page.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}
