using System.Text;
using Footfall.Site;

namespace Footfall.Tests.Site;

/// <summary>What a telephone writes into a picture is not published with it.</summary>
public sealed class PictureMetadataTests
{
    private const string Secret = "51.4545N 2.5879W";

    private static readonly byte[] Scan = [0xFF, 0xDA, 0, 4, 1, 0, 7, 0xFF, 0, 8, 0xFF, 0xD0, 9, 0xFF, 0xD9];

    public static TheoryData<string, byte[]> Pictures => new()
    {
        { "jpeg", [0xFF, 0xD8, .. Segment(0xE0, "JFIF\0"), .. Exif(6), .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0" + Secret), .. Segment(0xED, Secret), .. Segment(0xFE, Secret), .. Segment(0xE2, "ICC_PROFILE\0kept"), .. Segment(0xDB, "table"), .. Scan, .. Encoding.ASCII.GetBytes(Secret)] },
        { "png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR", "kept"), .. Chunk("tEXt", Secret), .. Chunk("eXIf", Secret), .. Chunk("iTXt", Secret), .. Chunk("IDAT", "kept"), .. Chunk("IEND", ""), .. Encoding.ASCII.GetBytes(Secret)] },
        { "webp", WebP([.. Riff("VP8X", "\x0Czzzzzzzzz"), .. Riff("VP8 ", "kept"), .. Riff("EXIF", Secret), .. Riff("XMP ", Secret + "!")]) },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_is_published_without_where_it_was_taken(string kind, byte[] picture)
    {
        var cleaned = PictureMetadata.Remove($"image/{kind}", picture);

        Assert.NotNull(cleaned);
        Assert.Contains(Secret, Encoding.Latin1.GetString(picture), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(cleaned), StringComparison.Ordinal);
        Assert.Contains("kept", Encoding.Latin1.GetString(cleaned), StringComparison.Ordinal);
        Assert.Equal(cleaned, PictureMetadata.Remove($"image/{kind}", cleaned));
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(1, false)]
    public void Which_way_up_it_is_stays(int orientation, bool isSaid)
    {
        byte[] picture = [0xFF, 0xD8, .. Exif(orientation), .. Scan];

        var cleaned = PictureMetadata.Remove("image/jpeg", picture)!;

        Assert.Equal(isSaid, Encoding.Latin1.GetString(cleaned).Contains("Exif", StringComparison.Ordinal));
        Assert.Equal(Scan, cleaned[^Scan.Length..]);
        Assert.Equal(isSaid ? 2 + 36 + Scan.Length : 2 + Scan.Length, cleaned.Length);
    }

    [Fact]
    public void A_picture_in_several_scans_is_whole()
    {
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xDA, 0, 3, 1, 5, 6, .. Segment(0xC4, "\u00FF\u00D9"), 0xFF, 0xDA, 0, 3, 1, 7, 0xFF, 0xD9];

        Assert.Equal(picture, PictureMetadata.Remove("image/jpeg", picture));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_that_is_cut_off_is_none_or_less_and_never_a_fault(string kind, byte[] picture)
    {
        for (var length = 12; length < picture.Length; length++)
        {
            var cleaned = PictureMetadata.Remove($"image/{kind}", picture.AsSpan(0, length));

            Assert.True(cleaned is null || !Encoding.Latin1.GetString(cleaned).Contains(Secret, StringComparison.Ordinal));
        }
    }

    private static byte[] Segment(byte marker, string content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. Encoding.Latin1.GetBytes(content)];

    /// <summary>Little-endian, with a place beside the orientation.</summary>
    private static byte[] Exif(int orientation) => Segment(
        0xE1, $"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0{(char)orientation}\0\0\0\0\0\0\0{Secret}");

    private static byte[] Chunk(string name, string content) =>
        [0, 0, 0, (byte)content.Length, .. Encoding.Latin1.GetBytes(name + content), 1, 2, 3, 4];

    private static byte[] Riff(string name, string content) =>
        [.. Encoding.Latin1.GetBytes(name), (byte)content.Length, 0, 0, 0, .. Encoding.Latin1.GetBytes(content), .. content.Length % 2 == 0 ? Array.Empty<byte>() : [0]];

    private static byte[] WebP(byte[] chunks) =>
        [.. "RIFF"u8, (byte)(chunks.Length + 4), 0, 0, 0, .. "WEBP"u8, .. chunks];
}
