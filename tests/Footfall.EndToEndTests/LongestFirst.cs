using Footfall.EndToEndTests;
using Footfall.EndToEndTests.DynamoDb;
using Footfall.EndToEndTests.Infra;
using Footfall.EndToEndTests.Lambda;
using Footfall.EndToEndTests.Shipping;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Footfall.EndToEndTests;

/// <summary>What takes minutes, most of them waiting, begins first, so that all else runs beside it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
        [nameof(FullCycleTests), nameof(AppliedSystem), nameof(GuideTests), nameof(Faults), nameof(FunctionTests), nameof(ReproducibilityTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Rank(collection.TestCollectionDisplayName))];

    private static int Rank(string displayName)
    {
        var index = Array.FindIndex(Longest, name => displayName.Contains(name, StringComparison.Ordinal));
        return index < 0 ? Longest.Length : index;
    }
}
