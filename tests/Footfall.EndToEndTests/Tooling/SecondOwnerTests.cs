using System.Text.RegularExpressions;
using Footfall.EndToEndTests.Infra;
using Footfall.EndToEndTests.Page;

namespace Footfall.EndToEndTests.Tooling;

/// <summary>
/// A clone in which somebody else has put a résumé and settings of their own: the tests that look into the tree pass
/// there, too.
/// </summary>
public sealed partial class SecondOwnerTests
{
    private const string Arabic = """
        { "basics": { "name": "ليلى حداد", "label": "مهندسة برمجيات", "summary": "more than 1,000 visits a day" },
          "work": [{ "name": "شركة", "position": "visits", "startDate": "2020-01" }] }
        """;

    // Beside it, so that the page is several; and neither an employer nor a date.
    private const string German = """
        { "basics": { "name": "Layla Haddad" }, "work": [{ "position": "Entwicklerin" }], "meta": { "footfall": { "count": "each" } } }
        """;

    private const string Settings = """
        domain_name = "cv.example.org"
        zone_name = "example.org"
        create_zone = false
        counters = ["readme", "/blog/*", "/de"]
        public_numbers = "nothing"
        owner_key_sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        report = "daily"
        waf_rate = 100
        allowed_origins = ["https://blog.example.org"]
        throttle = { rate = 5, burst = 5 }
          count_throttle = { rate = 2, burst = 2 }
        log_retention_days = 30
        production = false
        """;

    // Each class that reads the tree's own files.
    private static readonly string[] Looking =
    [
        nameof(StaticChecks), nameof(WorkflowTests), nameof(PrintTests), nameof(HtmlValidityTests),
    ];

    [Fact]
    public async Task The_tests_pass_in_a_clone_of_somebody_elses()
    {
        using var clone = new TemporaryFolder();
        CopyTree(new DirectoryInfo(Prerequisite.RepositoryRoot), new DirectoryInfo(clone.Path));
        var stop = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(clone.Path, "resume.json"), Arabic, stop);
        await File.WriteAllTextAsync(Path.Combine(clone.Path, "resume.de.json"), German, stop);
        await File.WriteAllTextAsync(Path.Combine(clone.Path, "infra", "footfall.auto.tfvars"), Settings, stop);
        await File.WriteAllTextAsync(Path.Combine(clone.Path, "infra", "terraform.tfvars"), "live_version = \"7\"\n", stop);
        await File.WriteAllTextAsync(Path.Combine(clone.Path, "infra", "bootstrap", "terraform.tfvars"), "allow_destroy = true\n", stop);
        var program = CopyProgram(clone);

        var result = await Tool.RunAsync(
            program,
            ["-noLogo", "-noColor", .. Looking.SelectMany(name => (string[])["-class", $"*.{name}"])],
            new Dictionary<string, string?>
            {
                ["AWS_REGION"] = null,
                ["AWS_DEFAULT_REGION"] = null,
                ["AWS_PROFILE"] = "no-such-profile",
                ["TF_VAR_log_retention_days"] = "60",
            });

        Assert.Matches(@"Total: [1-9]\d+, Errors: 0, Failed: 0", result.Expect().Output);
    }

    [Fact]
    public void No_test_takes_the_owners_resume_for_the_example()
    {
        var tests = Path.Combine(Prerequisite.RepositoryRoot, "tests");

        Assert.DoesNotContain(
            Directory.GetFiles(tests, "*.cs", SearchOption.AllDirectories),
            file => OwnersResume().IsMatch(File.ReadAllText(file)));
    }

    // By whichever of the two that know where the repository is.
    [GeneratedRegex(@"(Repository\.File\(|(Root|RepositoryRoot), )""resume\.", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OwnersResume();

    /// <summary>These very tests, where they take the clone for their repository.</summary>
    private static string CopyProgram(TemporaryFolder clone)
    {
        var from = new DirectoryInfo(AppContext.BaseDirectory);
        var to = Directory.CreateDirectory(Path.Combine(clone.Path, "artifacts", "bin", "tests"));
        CopyTree(from, to);
        _ = Directory.CreateSymbolicLink(
            Path.Combine(clone.Path, "artifacts", "tools"), Path.Combine(Prerequisite.RepositoryRoot, "artifacts", "tools"));
        return Path.Combine(to.FullName, Path.GetFileName(Environment.ProcessPath!));
    }

    private static void CopyTree(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.EnumerateFiles())
        {
            _ = file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories().Where(folder =>
            folder.Name is not (".git" or ".terraform" or "artifacts" or "dist" or "data" or "node_modules")))
        {
            CopyTree(folder, to.CreateSubdirectory(folder.Name));
        }
    }
}
