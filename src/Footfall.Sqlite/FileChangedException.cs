using System.Diagnostics.CodeAnalysis;

namespace Footfall.Sqlite;

/// <summary>The database is not what it was when it was opened; never leaves this assembly.</summary>
/// <param name="predicate">What is the matter, to follow "the database PATH".</param>
[SuppressMessage("Design", "CA1032", Justification = "Always has its predicate.")]
internal sealed class FileChangedException(string predicate) : Exception(predicate);
