namespace Footfall.Api;

/// <summary>The contract in OpenAPI 3.1, from <c>openapi.json</c> beside this file.</summary>
internal static class OpenApi
{
    private static readonly Lazy<ReadOnlyMemory<byte>> Embedded = new(Read);

    public static ReadOnlyMemory<byte> Document => Embedded.Value;

    private static ReadOnlyMemory<byte> Read()
    {
        using var stream = typeof(OpenApi).Assembly.GetManifestResourceStream("openapi.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
