using System.Text.Json;

namespace Footfall.Site;

/// <summary>Knows the résumé files of other programs, to say how their content becomes JSON Resume.</summary>
internal static class ForeignFormat
{
    private const string Own = "then name that file with --resume";

    /// <summary>What it is and what to do; null for what is of no known format.</summary>
    public static string? Describe(LocatedJson root)
    {
        if (IsObject(root, "employment") && IsObject(root, "info")
            || root.Members.GetValueOrDefault("meta")?.Members.GetValueOrDefault("format")?.Text.StartsWith("FRESH", StringComparison.OrdinalIgnoreCase) == true)
        {
            return $"the FRESH format; HackMyResume makes JSON Resume of it (hackmyresume convert resume.json jrs.json), {Own}";
        }

        if (IsObject(root, "dependencies") || IsObject(root, "devDependencies") || IsObject(root, "compilerOptions"))
        {
            return "a program's own file; name the résumé's with --resume";
        }

        if (IsObject(root, "sections") && (root.Members.ContainsKey("metadata") || IsObject(root, "picture") || IsObject(root, "basics")))
        {
            return "Reactive Resume's own format; its content belongs into basics, work, education, ... of JSON Resume "
                + "(https://jsonresume.org/schema): copy it there, or let a converter for it do so, " + Own;
        }

        if (IsObject(root, "cv"))
        {
            return $"RenderCV's own format; its content belongs into basics, work, education, ... of JSON Resume (https://jsonresume.org/schema), {Own}";
        }

        if (IsObject(root, "aboutMe"))
        {
            return $"Manfred's MAC format; export JSON Resume from getmanfred.com, or copy its content into basics, work, ..., {Own}";
        }

        return root.Members.ContainsKey("SkillsPassport") || IsObject(root, "LearnerInfo") || IsObject(root, "Profile") || root.Members.ContainsKey("positions")
            ? $"an export of Europass or LinkedIn; a converter to JSON Resume (https://jsonresume.org/tools) makes basics, work, ... of it, {Own}"
            : null;
    }

    private static bool IsObject(LocatedJson root, string name) =>
        root.Members.GetValueOrDefault(name) is { Kind: JsonTokenType.StartObject };
}
