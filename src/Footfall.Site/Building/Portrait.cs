namespace Footfall.Site;

/// <summary>
/// The person's picture: a file beside the résumé or inside it, or one that the build fetches; visitors are never sent to
/// another server for it. What is not the picture is taken out of it.
/// </summary>
/// <param name="File">The picture, fingerprinted; null where there is none to show.</param>
/// <param name="Complaint">One line on why a picture that is named is not shown.</param>
internal sealed record Portrait(SiteFile? File, string? Complaint)
{
    /// <summary>In bytes.</summary>
    public const int LargestPicture = 2 << 20;

    private static readonly Portrait None = new(null, null);

    public static async Task<Portrait> LoadAsync(string? image, SiteOptions options, CancellationToken cancellationToken)
    {
        if (image is null)
        {
            return None;
        }

        if (image.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return FromDataAddress(image);
        }

        var isRemote = Uri.TryCreate(image.StartsWith("//", StringComparison.Ordinal) ? "https:" + image : image, UriKind.Absolute, out var address)
            && !address.IsFile;
        if (isRemote)
        {
            return options.FetchPhoto is { } fetch
                ? await FetchedAsync(address!, fetch, cancellationToken)
                : LeftOut($"expected a picture beside the résumé, found {image}, a server that every visitor "
                    + "would be sent to; save the picture beside it and name the file, or have the build fetch it with --fetch-photo");
        }

        return options.ImageFolder is not { } folder
            ? LeftOut("expected a folder to find the picture in, found none")
            : await FromFileAsync(image, folder, cancellationToken);
    }

    private static async Task<Portrait> FetchedAsync(
        Uri address, Func<Uri, int, CancellationToken, Task<byte[]>> fetch, CancellationToken cancellationToken)
    {
        try
        {
            return FromBytes(await fetch(address, LargestPicture, cancellationToken), address.AbsoluteUri);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return LeftOut($"expected a picture at {address}, found none: {e.Message}");
        }
    }

    private static async Task<Portrait> FromFileAsync(string image, string folder, CancellationToken cancellationToken)
    {
        try
        {
            var root = RealPath.Of(folder);
            var path = RealPath.Of(Path.Combine(root, image.TrimStart('/')));
            if (path != root && !path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                return LeftOut($"expected a picture in the résumé's folder or below, found {image}, which leads elsewhere");
            }

            var content = await BoundedFile.ReadAsync(path, LargestPicture, cancellationToken);
            return content.Length > LargestPicture
                ? LeftOut($"expected at most {LargestPicture} bytes, found more in {image}")
                : FromBytes(content, image);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return LeftOut($"expected a picture that can be read, found none: {e.Message}");
        }
    }

    private static Portrait FromDataAddress(string image)
    {
        const string Marker = ";base64,";
        var start = image.IndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        var content = new byte[image.Length];
        return start >= 0 && Convert.TryFromBase64String(image[(start + Marker.Length)..], content, out var length)
            ? FromBytes(content[..length], "the data: address")
            : LeftOut("expected a data: address in base64");
    }

    private static Portrait FromBytes(byte[] content, string name) =>
        PictureFormat(content) is (var extension, { } contentType)
            ? PictureMetadata.Remove(contentType, content) is { } cleaned
                ? new(Assets.Fingerprinted("portrait", extension, contentType, cleaned), Remaining(contentType))
                : LeftOut($"expected a whole picture, found {name} cut off or damaged")
            : LeftOut($"expected a PNG, JPEG, GIF, WebP or AVIF picture, found something else in {name}");

    private static string? Remaining(string contentType) => PictureMetadata.Knows(contentType)
        ? null
        : $"basics.image: what the file says beside the picture is published with it, as it is {contentType}; a JPEG, PNG or WebP is freed of it";

    private static Portrait LeftOut(string complaint) => new(null, $"basics.image: {complaint}; left out");

    /// <summary>By its first bytes, because a name promises nothing.</summary>
    private static (string Extension, string? ContentType) PictureFormat(ReadOnlySpan<byte> content) => content switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => ("png", "image/png"),
        [0xFF, 0xD8, 0xFF, ..] => ("jpg", "image/jpeg"),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => ("gif", "image/gif"),
        _ when content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..12].SequenceEqual("WEBP"u8) =>
            ("webp", "image/webp"),
        _ when content.Length > 12 && content[4..12].SequenceEqual("ftypavif"u8) => ("avif", "image/avif"),
        _ => ("", null),
    };
}
