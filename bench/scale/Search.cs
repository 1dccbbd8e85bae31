namespace Footfall.ScaleBench;

/// <summary>Looks for the highest rate that is carried.</summary>
internal static class Search
{
    // Carried for certain, as one every 50 ms is; from there the rate is doubled until it is not.
    private const double LowestForAShard = 20;

    // The answer is exact to a tenth.
    private const double Step = 1.1;

    public static Result MostCarried(int shards, TimeSpan transaction)
    {
        var refused = LowestForAShard * shards;
        var carried = Simulation.Run(shards, refused, transaction);
        do
        {
            refused *= 2;
        }
        while (Try(refused));

        while (refused / carried.Rate > Step)
        {
            var middle = Math.Sqrt(carried.Rate * refused);
            if (!Try(middle))
            {
                refused = middle;
            }
        }

        return carried;

        bool Try(double rate)
        {
            var result = Simulation.Run(shards, rate, transaction);
            if (result.IsCarried)
            {
                carried = result;
            }

            return result.IsCarried;
        }
    }
}
