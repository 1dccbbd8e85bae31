using System.Text.Json;
using Footfall.Reporting;

namespace Footfall.Cli.Reporting;

/// <summary>A message on its way to the owner.</summary>
/// <param name="Name">What the log calls it: <c>the report on 25 November 2026</c>.</param>
/// <param name="WriteDetails">Writes the numbers for programs, as a member of an object.</param>
internal sealed record Outgoing(string Name, Notice Notice, Action<Utf8JsonWriter> WriteDetails)
{
    public Outgoing AsRepetition() => this with { Notice = Notice.AsRepetition() };
}
