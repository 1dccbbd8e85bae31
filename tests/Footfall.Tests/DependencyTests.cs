using System.Reflection;
using System.Xml.Linq;
using Footfall.Counting;

namespace Footfall.Tests;

/// <summary>What each part may stand on.</summary>
public sealed class DependencyTests
{
    [Fact]
    public void The_core_stands_on_the_base_class_library_alone()
    {
        var library = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var others = typeof(VisitCounter).Assembly.GetReferencedAssemblies()
            .Where(name => Path.GetDirectoryName(Assembly.Load(name).Location) != library);
        Assert.Empty(others);
    }

    [Fact]
    public void The_core_asks_for_no_package_and_no_project()
    {
        Assert.Empty(Closure("Footfall").References);
    }

    [Fact]
    public void The_Lambda_carries_neither_SQLite_nor_ASP_NET()
    {
        var (references, sdks) = Closure("Footfall.Lambda");
        Assert.Equal(["AWSSDK.Core", "AWSSDK.DynamoDBv2", "Footfall", "Footfall.DynamoDb"], references);
        Assert.Equal(["Microsoft.NET.Sdk"], sdks);
    }

    [Theory]
    [InlineData("Footfall.DynamoDb")]
    [InlineData("Footfall.Sqlite")]
    public void A_store_knows_the_core_and_no_other_part(string store) =>
        Assert.Equal(["Footfall"], Closure(store).References.Where(name => name.StartsWith("Footfall", StringComparison.Ordinal)));

    [Fact]
    public void The_server_knows_the_core_and_the_site_and_no_store() =>
        Assert.Equal(
            ["Footfall", "Footfall.Site"],
            Closure("Footfall.Server").References.Where(name => name.StartsWith("Footfall", StringComparison.Ordinal)));

    /// <summary>All that a project refers to, and what the projects among it refer to, with the SDKs of all of them.</summary>
    private static (IEnumerable<string> References, IEnumerable<string> Sdks) Closure(string project)
    {
        var references = new SortedSet<string>(StringComparer.Ordinal);
        var sdks = new SortedSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([project]);
        while (waiting.TryDequeue(out var name))
        {
            var file = XDocument.Load(Repository.File("src", name, $"{name}.csproj"));
            sdks.Add(file.Root!.Attribute("Sdk")!.Value);
            foreach (var item in file.Descendants().Where(item => item.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal)))
            {
                var reference = item.Attribute("Include")!.Value;
                var isProject = item.Name.LocalName == "ProjectReference";
                var referenced = isProject ? Path.GetFileNameWithoutExtension(reference) : reference;
                if (references.Add(referenced) && isProject)
                {
                    waiting.Enqueue(referenced);
                }
            }
        }

        return (references, sdks);
    }
}
