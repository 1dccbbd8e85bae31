using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

var table = Environment.GetEnvironmentVariable("TABLE_NAME");
var database = new Uri(Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_DYNAMODB")!);
var runtime = new Uri($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}");

const string Prefix = "/2018-06-01/runtime/invocation";
var update = $$$"""
    {"TableName":"{{{table}}}","Key":{"ID":{"S":"visits"}},"UpdateExpression":"ADD Visits :one",
    "ExpressionAttributeValues":{":one":{"N":"1"}},"ReturnValues":"UPDATED_NEW"}
    """;
const string UpdateHeaders =
    "X-Amz-Target: DynamoDB_20120810.UpdateItem\r\n"
    + "Content-Type: application/x-amz-json-1.0\r\n"
    + "X-Amz-Date: 20260101T000000Z\r\n"
    + "Authorization: AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0\r\n";

using var api = Connect(runtime);
using var store = Connect(database);
var buffer = new byte[64 * 1024];
while (true)
{
    var (headers, _) = Call(api, $"GET {Prefix}/next", runtime, "", "");
    var id = Field(headers, "Lambda-Runtime-Aws-Request-Id: ");
    var (_, item) = Call(store, "POST /", database, UpdateHeaders, update);
    var visits = item.Split("\"N\":\"")[1].Split('"')[0];
    Call(api, $"POST {Prefix}/{id}/response", runtime, "", $$"""{"statusCode":200,"body":"{{visits}}"}""");
}

static Socket Connect(Uri server)
{
    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    socket.Connect(IPAddress.Parse(server.Host), server.Port);
    return socket;
}

(string Headers, string Body) Call(Socket socket, string line, Uri host, string fields, string body)
{
    socket.Send(Encoding.UTF8.GetBytes(
        $"{line} HTTP/1.1\r\nHost: {host.Authority}\r\n{fields}Content-Length: {body.Length}\r\n\r\n{body}"));
    for (var received = 0; ;)
    {
        received += socket.Receive(buffer, received, buffer.Length - received, SocketFlags.None);
        var end = buffer.AsSpan(0, received).IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            continue;
        }

        var headers = Encoding.ASCII.GetString(buffer, 0, end) + "\r\n";
        var length = int.Parse(Field(headers, "Content-Length: "), CultureInfo.InvariantCulture);
        if (received >= end + 4 + length)
        {
            return (headers, Encoding.UTF8.GetString(buffer, end + 4, length));
        }
    }
}

static string Field(string headers, string name)
{
    var start = headers.IndexOf(name, StringComparison.OrdinalIgnoreCase) + name.Length;
    return headers[start..headers.IndexOf('\r', start)];
}
