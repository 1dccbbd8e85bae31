using System.Buffers.Binary;

namespace Footfall.Site;

/// <summary>
/// Takes out of a picture what is not the picture: where and when it was taken, by what and whom (EXIF, XMP, IPTC,
/// comments, previews). Which way up it is stays, as a tag of its own; colours stay as they are.
/// </summary>
internal static class PictureMetadata
{
    private static ReadOnlySpan<byte> ExifMark => "Exif\0\0"u8;

    /// <summary>PNG's chunks that are drawn (PNG, third edition, and APNG).</summary>
    private static readonly HashSet<string> DrawnChunks = new(StringComparer.Ordinal)
    {
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT",
    };

    /// <returns>Null where the picture is not built as its format says.</returns>
    public static byte[]? Remove(string contentType, ReadOnlySpan<byte> picture) => contentType switch
    {
        "image/jpeg" => OfJpeg(picture),
        "image/png" => OfPng(picture),
        "image/webp" => OfWebP(picture),
        _ => picture.ToArray(),
    };

    /// <summary>Whether this takes anything out of pictures of the kind.</summary>
    public static bool Knows(string contentType) => contentType is "image/jpeg" or "image/png" or "image/webp";

    private static byte[]? OfJpeg(ReadOnlySpan<byte> picture)
    {
        using var kept = new MemoryStream();
        kept.Write(picture[..2]);
        var at = 2;
        while (at + 4 <= picture.Length && picture[at] == 0xFF)
        {
            var marker = picture[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(picture[(at + 2)..]) + 2;
            if (length < 4 || at + length > picture.Length)
            {
                return null;
            }

            var segment = picture.Slice(at, length);
            if (marker == 0xDA)
            {
                // The picture itself, to its end marker; cameras hang more pictures behind it.
                return EndOfJpeg(picture[at..]) is var end and > 0 ? [.. kept.ToArray(), .. picture.Slice(at, end)] : null;
            }

            if (marker == 0xE1 && segment[4..].StartsWith(ExifMark) && ExifOrientation(segment[10..]) is { } orientation and not 1)
            {
                WriteOrientation(kept, orientation);
            }
            else if (IsDrawnSegment(marker, segment[4..]))
            {
                kept.Write(segment);
            }

            at += length;
        }

        return null;
    }

    /// <summary>JFIF's header, a colour profile, Adobe's colour transformation, and all that is no application's or comment.</summary>
    private static bool IsDrawnSegment(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        0xE0 => content.StartsWith("JFIF\0"u8),
        0xE2 => content.StartsWith("ICC_PROFILE\0"u8),
        0xEE => content.StartsWith("Adobe"u8),
        >= 0xE0 and <= 0xEF or 0xFE => false,
        _ => true,
    };

    /// <returns>How many bytes from the start of a scan to behind the end marker; 0 where there is none.</returns>
    private static int EndOfJpeg(ReadOnlySpan<byte> scan)
    {
        // In entropy-coded data 0xFF is followed by 0 or a restart marker: 0xFFD9 ends the picture wherever it stands
        // there. Between scans there may be tables, whose lengths are stepped over.
        for (var at = 0; at + 1 < scan.Length;)
        {
            if (scan[at] != 0xFF || scan[at + 1] is 0 or 0xFF or (>= 0xD0 and <= 0xD7))
            {
                at++;
            }
            else if (scan[at + 1] == 0xD9)
            {
                return at + 2;
            }
            else if (at + 4 <= scan.Length)
            {
                at += BinaryPrimitives.ReadUInt16BigEndian(scan[(at + 2)..]) + 2;
            }
            else
            {
                return 0;
            }
        }

        return 0;
    }

    /// <summary>From 1 to 8 (EXIF 2.32, tag 0x0112); null where it is not said.</summary>
    private static int? ExifOrientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
        {
            return null;
        }

        var isLittle = tiff[0] == 'I';
        var directory = (long)(isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]));
        if (directory + 2 > tiff.Length)
        {
            return null;
        }

        var count = Short(tiff[(int)directory..], isLittle);
        for (var i = 0; i < count; i++)
        {
            var at = directory + 2 + (i * 12L);
            if (at + 12 > tiff.Length)
            {
                return null;
            }

            var entry = tiff.Slice((int)at, 12);
            if (Short(entry, isLittle) == 0x0112)
            {
                return Short(entry[8..], isLittle) is var value and >= 1 and <= 8 ? value : null;
            }
        }

        return null;
    }

    private static int Short(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    /// <summary>An EXIF segment with one tag in it, which browsers turn the picture by.</summary>
    private static void WriteOrientation(MemoryStream kept, int orientation)
    {
        kept.Write([0xFF, 0xE1, 0, 34]);
        kept.Write(ExifMark);
        kept.Write([(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]);
    }

    private static byte[]? OfPng(ReadOnlySpan<byte> picture)
    {
        if (picture.Length < 8)
        {
            return null;
        }

        using var kept = new MemoryStream();
        kept.Write(picture[..8]);
        for (var at = 8; at + 12 <= picture.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(picture[at..]) + 12L;
            if (at + length > picture.Length)
            {
                return null;
            }

            var chunk = picture.Slice(at, (int)length);
            var name = System.Text.Encoding.Latin1.GetString(chunk.Slice(4, 4));
            if (DrawnChunks.Contains(name))
            {
                kept.Write(chunk);
            }

            if (name == "IEND")
            {
                return kept.ToArray();
            }

            at += (int)length;
        }

        return null;
    }

    private static byte[]? OfWebP(ReadOnlySpan<byte> picture)
    {
        using var kept = new MemoryStream();
        kept.Write(picture[..12]);
        var end = Math.Min(picture.Length, BinaryPrimitives.ReadUInt32LittleEndian(picture[4..]) + 8L);
        for (var at = 12; at + 8 <= end;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(picture[(at + 4)..]) + 8L;
            length += length & 1;
            if (at + length > picture.Length)
            {
                return null;
            }

            var chunk = picture.Slice(at, (int)length);
            if (chunk.StartsWith("VP8X"u8) && length > 8)
            {
                // Two of its flags say that EXIF (8) and XMP (4) follow.
                byte[] header = [.. chunk];
                header[8] &= 0xF3;
                kept.Write(header);
            }
            else if (!chunk.StartsWith("EXIF"u8) && !chunk.StartsWith("XMP "u8))
            {
                kept.Write(chunk);
            }

            at += (int)length;
        }

        var cleaned = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(cleaned.AsSpan(4), (uint)(cleaned.Length - 8));
        return cleaned;
    }
}
