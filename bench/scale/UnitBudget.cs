namespace Footfall.ScaleBench;

/// <summary>So many units a second, of which those of one second may be saved up.</summary>
internal sealed class UnitBudget(SimulatedTime time, double unitsPerSecond)
{
    private double used;
    private TimeSpan at;

    public bool Has(double units)
    {
        used = Math.Max(0, used - (unitsPerSecond * (time.Elapsed - at).TotalSeconds));
        at = time.Elapsed;
        return used + units <= unitsPerSecond;
    }

    public void Take(double units) => used += units;
}
