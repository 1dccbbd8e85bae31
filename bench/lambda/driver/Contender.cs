using System.Globalization;

namespace Footfall.LambdaBench;

/// <summary>A program to measure.</summary>
/// <param name="PackageBytes">What is uploaded to Lambda, zipped; of a peer, beside what Lambda's runtime carries.</param>
/// <param name="Program">The program file, then its arguments.</param>
internal sealed record Contender(string Name, long PackageBytes, IReadOnlyList<string> Program)
{
    /// <summary>Reads contenders that are separated by commas of their own.</summary>
    public static List<Contender> ParseAll(ReadOnlySpan<string> arguments)
    {
        var contenders = new List<Contender>();
        while (!arguments.IsEmpty)
        {
            var comma = arguments.IndexOf(",");
            var own = comma < 0 ? arguments : arguments[..comma];
            contenders.Add(new(own[0], long.Parse(own[1], CultureInfo.InvariantCulture), own[2..].ToArray()));
            arguments = comma < 0 ? [] : arguments[(comma + 1)..];
        }

        return contenders;
    }
}
