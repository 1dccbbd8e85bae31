using System.Reflection;

namespace Footfall.Api;

/// <summary>The version of this program, as <c>footfall --version</c> says it.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
