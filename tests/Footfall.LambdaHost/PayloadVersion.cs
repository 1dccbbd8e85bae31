namespace Footfall.LambdaHost;

/// <summary>The format of the event that the HTTP API sends, and of the answer that it understands.</summary>
public enum PayloadVersion
{
    V1,
    V2,
}
