using System.Globalization;
using System.Text;
using Footfall.Lambda.Reports;

namespace Footfall.Tests.Lambda;

/// <summary>
/// The first case is AWS's own ("post-x-www-form-urlencoded" of its Signature Version 4 test suite); the others are what
/// botocore, AWS's library, signs with the same keys.
/// </summary>
public sealed class SignatureV4Tests
{
    private const string Token = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQW==";

    [Theory]
    [InlineData("https://example.amazonaws.com/", "Param1=value1", null, "us-east-1", "service", "content-type;host;x-amz-date", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/", "Action=Publish&Message=2+visits", Token, "eu-central-1", "sns", "content-type;host;x-amz-date;x-amz-security-token", "20cd8aed23a4c0de81f2b55f184f171d33b6609d3331274a8e0fdd054d43d739")]
    [InlineData("http://127.0.0.1:5000/", "Action=Publish&Message=2+visits", null, "eu-central-1", "sns", "content-type;host;x-amz-date", "8614f04acc5b282332c4c816db2ac40b865d764bc77306b702db567aedaf4a3b")]
    public void A_form_is_signed_as_AWS_signs_it(
        string address, string body, string? token, string region, string service, string names, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new StringContent(body, Encoding.UTF8);
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        var keys = new AwsKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token);

        SignatureV4.Sign(
            request, Encoding.UTF8.GetBytes(body), keys, region, service,
            DateTimeOffset.Parse("2015-08-30T12:36:00Z", CultureInfo.InvariantCulture));

        Assert.Equal("20150830T123600Z", Header("X-Amz-Date"));
        Assert.Equal(token, Header("X-Amz-Security-Token"));
        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/{region}/{service}/aws4_request, SignedHeaders={names}, Signature={signature}",
            Header("Authorization"));

        string? Header(string name) => request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
    }
}
