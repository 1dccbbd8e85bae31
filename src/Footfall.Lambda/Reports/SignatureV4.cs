using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Footfall.Lambda.Reports;

/// <summary>
/// AWS's signature of a request, version 4 (AWS, "Create a signed AWS API request"), for the one kind that is sent here:
/// a form to the root of a service.
/// </summary>
public static class SignatureV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds the headers that prove who sends a request.</summary>
    /// <param name="request">A POST of a form, with an address without a query.</param>
    /// <param name="body">The bytes of its content.</param>
    public static void Sign(
        HttpRequestMessage request, ReadOnlySpan<byte> body, AwsKeys keys, string region, string service, DateTimeOffset now)
    {
        var moment = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = moment[..8];
        var scope = $"{day}/{region}/{service}/aws4_request";
        var headers = HeadersOf(request, keys, moment);
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = string.Join(
            '\n',
            [
                request.Method.Method,
                request.RequestUri!.AbsolutePath,
                "",
                .. headers.Select(header => $"{header.Name}:{header.Value}"),
                "",
                names,
                Hex(SHA256.HashData(body)),
            ]);
        var toSign = string.Join('\n', Algorithm, moment, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var signature = Hex(Hmac(KeyOf(keys, day, region, service), toSign));
        Add(request, "X-Amz-Date", moment);
        Add(request, "X-Amz-Security-Token", keys.SessionToken);
        Add(request, "Authorization", $"{Algorithm} Credential={keys.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    // In the order of their names.
    private static List<(string Name, string Value)> HeadersOf(HttpRequestMessage request, AwsKeys keys, string moment)
    {
        List<(string Name, string Value)> headers =
        [
            ("content-type", request.Content!.Headers.ContentType!.ToString()),
            ("host", request.RequestUri!.Authority),
            ("x-amz-date", moment),
        ];
        if (keys.SessionToken is { } token)
        {
            headers.Add(("x-amz-security-token", token));
        }

        return headers;
    }

    private static byte[] KeyOf(AwsKeys keys, string day, string region, string service)
    {
        var ofDay = Hmac(Encoding.UTF8.GetBytes($"AWS4{keys.SecretAccessKey}"), day);
        return Hmac(Hmac(Hmac(ofDay, region), service), "aws4_request");
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
