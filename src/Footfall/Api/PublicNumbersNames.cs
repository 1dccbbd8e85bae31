namespace Footfall.Api;

/// <summary>What an owner calls each choice of <see cref="PublicNumbers"/>.</summary>
public static class PublicNumbersNames
{
    public const string Expected = "count, ledger or nothing";

    /// <summary>The choice of this name; null when there is none.</summary>
    public static PublicNumbers? Parse(string name) => name switch
    {
        "nothing" => PublicNumbers.Nothing,
        "count" => PublicNumbers.Count,
        "ledger" => PublicNumbers.Ledger,
        _ => null,
    };
}
