using System.Globalization;
using System.Security.Cryptography;

namespace Footfall.LambdaHost;

/// <summary>AWS X-Ray's tracing header.</summary>
internal static class TraceHeader
{
    public static string Create()
    {
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var root = RandomNumberGenerator.GetHexString(24, lowercase: true);
        var parent = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return string.Create(CultureInfo.InvariantCulture, $"Root=1-{seconds:x8}-{root};Parent={parent};Sampled=0");
    }
}
