namespace Footfall.ScaleBench;

/// <summary>Looks for the highest rate that is carried.</summary>
internal static class Search
{
    private const double Lowest = 5;

    // The answer is exact to a twentieth.
    private const double Step = 1.05;

    public static Result MostCarried(int shards, TimeSpan transaction)
    {
        var carried = Simulation.Run(shards, Lowest, transaction);
        var refused = Lowest;
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
