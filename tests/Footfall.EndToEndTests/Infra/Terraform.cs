using System.Globalization;
using System.Text.Json.Nodes;
using Footfall.EndToEndTests.Tooling;

namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// The repository's own Terraform code, unchanged, against an emulator: what differs from an account on AWS is in the
/// environment. It runs in a copy, so that the owner's own settings are not those of the tests.
/// </summary>
internal sealed class Terraform(AwsEmulator emulator, string folder)
{
    /// <summary>Whom the roles trust: repository, owner's and repository's number.</summary>
    public const string Repository = "owner/footfall";

    /// <summary>The number of the owner of <see cref="Repository"/>.</summary>
    public const long OwnerId = 1;

    /// <summary>The number of <see cref="Repository"/>; as large as today's.</summary>
    public const long RepositoryId = 9_876_543_210;

    /// <summary>What opens the owner's numbers of every system.</summary>
    public const string OwnerKey = "an-owners-key-of-the-tests";

    private static readonly string[] Settings =
    [
        $"region={AwsEmulator.Region}", "alert_email=owner@example.com", "production=false", "public_numbers=ledger",
        $"owner_key_sha256={Api.OwnerKey.DigestOf(OwnerKey)}",
    ];

    /// <summary>The bucket that <see cref="BootstrapAsync"/> makes.</summary>
    public const string StateBucket = $"footfall-state-{AwsEmulator.Account}";

    /// <summary>Where the scripts and the code run.</summary>
    public Checkout Checkout { get; } = new(folder);

    public static void Require() => Tool.Require("terraform");

    /// <summary>As the person who owns the account does, with settings of theirs: docs/deploy-aws.md.</summary>
    public async Task BootstrapAsync(params (string Name, string Value)[] settings)
    {
        var environment = Environment(AwsCredentials.Administrator);
        environment["TF_DATA_DIR"] = Path.Combine(folder, "bootstrap");
        environment["TF_VAR_github_repository"] = Repository;
        environment["TF_VAR_github_owner_id"] = OwnerId.ToString(CultureInfo.InvariantCulture);
        environment["TF_VAR_github_repository_id"] = RepositoryId.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in settings)
        {
            environment[$"TF_VAR_{name}"] = value;
        }

        var state = $"-state={Path.Combine(folder, "bootstrap.tfstate")}";
        await RunAsync("init", "-lockfile=readonly");
        await RunAsync("apply", "-auto-approve", state);
        await RunAsync("plan", "-detailed-exitcode", state);

        async Task RunAsync(string command, params string[] arguments) => _ = (await Tool.RunAsync(
            "terraform",
            [$"-chdir={Checkout.File("infra", "bootstrap")}", command, "-input=false", "-no-color", .. arguments],
            environment)).Expect();
    }

    /// <summary>All that the scripts find in the environment of a workflow.</summary>
    public Dictionary<string, string?> Environment(AwsCredentials credentials)
    {
        var environment = emulator.Environment(credentials);
        environment["TF_CLI_CONFIG_FILE"] = CliConfiguration();
        environment["TF_DATA_DIR"] = Path.Combine(folder, "data");
        environment["TF_CLI_ARGS"] = "-no-color";
        environment["TF_IN_AUTOMATION"] = "1";
        environment["CHECKPOINT_DISABLE"] = "1";
        environment["FOOTFALL_STATE_BUCKET"] = StateBucket;
        foreach (var setting in Settings)
        {
            var parts = setting.Split('=');
            environment[$"TF_VAR_{parts[0]}"] = parts[1];
        }

        return environment;
    }

    public Task<ToolResult> RunAsync(AwsCredentials credentials, string command, params string[] arguments) =>
        Tool.RunAsync(Checkout.File("script", "terraform"), [command, "-no-color", .. arguments], Environment(credentials));

    public async Task<JsonNode> ReadOutputsAsync(AwsCredentials credentials) =>
        JsonNode.Parse((await RunAsync(credentials, "output", "-json")).Expect().Output)!;

    /// <summary>The addresses of what a plan would change, in order.</summary>
    public async Task<IReadOnlyList<string>> ReadChangesAsync(AwsCredentials credentials, string plan)
    {
        var shown = (await RunAsync(credentials, "show", "-json", plan)).Expect().Output;
        return
        [
            .. JsonNode.Parse(shown)!["resource_changes"]!.AsArray()
                .Where(change => (string?)change!["change"]!["actions"]![0] != "no-op")
                .Select(change => (string)change!["address"]!)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Terraform's own settings: where a machine has a mirror of the provider it is taken from there, else from the
    /// registry, and kept for the next run.
    /// </summary>
    public static string CliConfiguration()
    {
        var shared = Path.Combine(Prerequisite.RepositoryRoot, "artifacts", "terraform");
        _ = Directory.CreateDirectory(Path.Combine(shared, "plugins"));
        var mirror = FindMirror();
        var file = Path.Combine(shared, "cli.tfrc");
        var content = mirror is null
            ? $"plugin_cache_dir = \"{shared}/plugins\"\n"
            : $"provider_installation {{\n  filesystem_mirror {{\n    path = \"{mirror}\"\n  }}\n}}\n";
        if (!File.Exists(file) || File.ReadAllText(file) != content)
        {
            File.WriteAllText(file, content);
        }

        return file;
    }

    private static string? FindMirror() => Directory.Exists("/opt")
        ? Directory.EnumerateDirectories("/opt", "registry.terraform.io", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = 3,
        }).Select(Path.GetDirectoryName).FirstOrDefault()
        : null;
}
