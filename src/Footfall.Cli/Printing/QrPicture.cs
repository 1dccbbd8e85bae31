using System.Globalization;
using System.Text;
using QRCoder;

namespace Footfall.Cli.Printing;

/// <summary>
/// A code for a telephone's camera as an SVG picture. QRCoder has one of its own, made with .NET's XML, which would be a
/// thirtieth of the native program.
/// </summary>
internal static class QrPicture
{
    private const int PixelsPerModule = 4;

    /// <param name="code">With the quiet zone around it.</param>
    public static string Draw(QRCodeData code)
    {
        var size = code.ModuleMatrix.Count;
        var dark = new StringBuilder();
        for (var y = 0; y < size; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < size; x++)
            {
                var start = x;
                while (x < size && row[x])
                {
                    x++;
                }

                if (x > start)
                {
                    dark.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1H{start}z");
                }
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size * PixelsPerModule}" height="{size * PixelsPerModule}" shape-rendering="crispEdges">
            <path fill="#fff" d="M0 0h{size}v{size}H0z"/>
            <path d="{dark}"/>
            </svg>

            """);
    }
}
