using System.IO.Compression;
using System.Security.Cryptography;

namespace Footfall.Server;

/// <summary>A file in memory, ready to be sent as it is or compressed.</summary>
internal sealed class StaticFile
{
    private readonly Representation identity;
    private readonly Representation? brotli;
    private readonly Representation? gzip;

    public StaticFile(string contentType, string cacheControl, ReadOnlyMemory<byte> content)
    {
        ContentType = contentType;
        CacheControl = cacheControl;
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span).AsSpan(..12));
        identity = new Representation(content, null, $"\"{hash}\"");
        if (IsCompressed(contentType))
        {
            return;
        }

        brotli = Compress(content, "br", $"\"{hash}-br\"", stream =>
            new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true));
        gzip = Compress(content, "gzip", $"\"{hash}-gz\"", stream =>
            new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true));
    }

    public string ContentType { get; }

    public string CacheControl { get; }

    /// <summary>Whether pages of other sites may load it.</summary>
    public bool IsForOtherSites { get; init; }

    /// <summary>Whether the answer depends on <c>Accept-Encoding</c>.</summary>
    public bool IsNegotiated => brotli is not null || gzip is not null;

    /// <summary>The smallest form that the client takes.</summary>
    public Representation Choose(string? acceptEncoding) =>
        (AcceptEncoding.Takes(acceptEncoding, "br") ? brotli : null)
        ?? (AcceptEncoding.Takes(acceptEncoding, "gzip") ? gzip : null)
        ?? identity;

    // Trying to make such a file smaller would take longer than all else that is done before the first answer.
    private static bool IsCompressed(string contentType) =>
        contentType is "font/woff2" or "application/pdf"
        || (contentType.StartsWith("image/", StringComparison.Ordinal) && contentType != "image/svg+xml");

    // What does not get smaller stays as it is.
    private static Representation? Compress(
        ReadOnlyMemory<byte> content, string encoding, string tag, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed))
        {
            stream.Write(content.Span);
        }

        return compressed.Length < content.Length ? new Representation(compressed.ToArray(), encoding, tag) : null;
    }

    /// <param name="Content">The bytes to send.</param>
    /// <param name="Encoding">The content coding (RFC 9110, section 8.4.1); null for none.</param>
    /// <param name="Tag">The entity tag: each form has its own, as their bytes differ.</param>
    internal sealed record Representation(ReadOnlyMemory<byte> Content, string? Encoding, string Tag);
}
