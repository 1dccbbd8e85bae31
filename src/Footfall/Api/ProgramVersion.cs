using System.Reflection;

namespace Footfall.Api;

/// <summary>The version of this program, without the commit that a build may have added to it.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion
            .Split('+')[0];
}
