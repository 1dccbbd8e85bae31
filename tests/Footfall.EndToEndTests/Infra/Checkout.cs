namespace Footfall.EndToEndTests.Infra;

/// <summary>
/// A copy of what deploys (<c>script/</c> and <c>infra/</c>), without what an owner adds to it: no settings, no
/// backend, nothing that Terraform has left there.
/// </summary>
internal sealed class Checkout
{
    public Checkout(string folder)
    {
        Folder = folder;
        foreach (var part in (string[])["script", "infra"])
        {
            var from = new DirectoryInfo(Path.Combine(Prerequisite.RepositoryRoot, part));
            Copy(from, Directory.CreateDirectory(Path.Combine(folder, part)));
        }
    }

    public string Folder { get; }

    public string File(params string[] path) => Path.Combine([Folder, .. path]);

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.EnumerateFiles().Where(file => !IsTheOwners(file.Name)))
        {
            _ = file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories().Where(folder => folder.Name != ".terraform"))
        {
            Copy(folder, to.CreateSubdirectory(folder.Name));
        }
    }

    private static bool IsTheOwners(string name) =>
        name.Contains(".tfvars", StringComparison.Ordinal)
        || name.Contains(".tfstate", StringComparison.Ordinal)
        || name.EndsWith("_override.tf", StringComparison.Ordinal)
        || name == "backend.hcl";
}
