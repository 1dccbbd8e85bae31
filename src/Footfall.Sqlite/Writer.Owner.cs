using Footfall.Reporting;

namespace Footfall.Sqlite;

/// <content>What the owner keeps beside the counts.</content>
internal sealed partial class Writer
{
    /// <summary>False when there is one of this key.</summary>
    public bool AddLink(Link link) =>
        HasChanged(owners.AddLink.Bind(1, link.Key).Bind(2, link.Name).Bind(3, link.Created));

    /// <summary>False when there is none of this key.</summary>
    public bool RenameLink(string key, string name) => HasChanged(owners.RenameLink.Bind(1, key).Bind(2, name));

    /// <inheritdoc cref="RenameLink"/>
    public bool RemoveLink(string key) => HasChanged(owners.RemoveLink.Bind(1, key));

    /// <summary>False when it is not what was found.</summary>
    public bool ReplaceMark(string name, string? found, string value) => HasChanged(found is null
        ? owners.AddMark.Bind(1, name).Bind(2, value)
        : owners.ReplaceMark.Bind(1, name).Bind(2, value).Bind(3, found));

    /// <summary>Whether a key of a family is admitted now.</summary>
    public bool Admit(string family, string key, int ceiling) =>
        HasChanged(owners.Admit.Bind(1, family).Bind(2, key).Bind(3, ceiling))
        || owners.FindAdmitted.Bind(1, family).Bind(2, key).FindInteger() is not null;

    /// <summary>Makes a key a counter of whichever family it is of.</summary>
    public void AdmitImported(string key) => owners.AdmitImported.Bind(1, key).Run();

    private bool HasChanged(Statement change)
    {
        change.Run();
        return connection.Changes > 0;
    }
}
