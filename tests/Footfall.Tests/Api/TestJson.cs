using System.Text.Json.Serialization;

namespace Footfall.Tests.Api;

[JsonSerializable(typeof(string))]
internal sealed partial class TestJson : JsonSerializerContext;
