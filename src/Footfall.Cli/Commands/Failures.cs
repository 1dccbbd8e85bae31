using Footfall.Counting;
using Footfall.Transfer;

namespace Footfall.Cli.Commands;

/// <summary>Lets what a store or a file refuses end the command, with its own words.</summary>
internal static class Failures
{
    /// <exception cref="CommandException">The store does not answer, or something cannot be imported.</exception>
    public static async Task<T> ExplainAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is StoreUnavailableException or TransferException)
        {
            throw new CommandException(e.Message, e);
        }
    }
}
