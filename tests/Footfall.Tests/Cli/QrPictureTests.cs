using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Footfall.Cli.Printing;
using QRCoder;

namespace Footfall.Tests.Cli;

public sealed partial class QrPictureTests
{
    [Theory]
    [InlineData("https://jane.example.com/?k7f3q2xm")]
    [InlineData("https://bücher.example/a/long/way/to/the/page/of/somebody/with/a/long/name/?k7f3q2xm")]
    public void It_is_dark_where_the_code_is_dark_and_nowhere_else(string address)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        var size = code.ModuleMatrix.Count;

        var picture = XDocument.Parse(QrPicture.Draw(code)).Root!;

        Assert.Equal($"0 0 {size} {size}", (string?)picture.Attribute("viewBox"));
        var drawn = Run.Matches((string)picture.Elements().Last().Attribute("d")!)
            .SelectMany(run => Enumerable.Range(Number(run, "x"), Number(run, "width")).Select(x => (x, Number(run, "y"))));
        Assert.Equal(
            from y in Enumerable.Range(0, size) from x in Enumerable.Range(0, size) where code.ModuleMatrix[y][x] select (x, y), drawn);
    }

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<width>\d+)v1H\k<x>z")]
    private static partial Regex Run { get; }

    private static int Number(Match run, string name) => int.Parse(run.Groups[name].Value, CultureInfo.InvariantCulture);
}
