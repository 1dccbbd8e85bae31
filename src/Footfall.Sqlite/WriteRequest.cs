using System.Diagnostics.CodeAnalysis;

namespace Footfall.Sqlite;

/// <summary>A request that waits for the writer's thread; its caller awaits the answer elsewhere.</summary>
internal interface IWriteRequest
{
    CancellationToken Cancellation { get; }

    /// <summary>Does the request inside the group's transaction; called again after a rollback.</summary>
    void Run(Writer writer);

    /// <summary>Answers the caller; the transaction has been committed.</summary>
    void Answer();

    /// <summary>Tells the caller that nothing was recorded, and why.</summary>
    void Refuse(Exception reason);

    /// <summary>Tells the caller that it cancelled the request before it was recorded.</summary>
    void Cancel();
}

/// <summary>Its caller goes on in the thread that answers it.</summary>
/// <param name="work">
/// What is done inside the transaction. What it returns is called after the commit and gives the answer, which may be
/// known only then.
/// </param>
internal sealed class WriteRequest<T>(Func<Writer, Func<T>> work, CancellationToken cancellation)
    : TaskCompletionSource<T>, IWriteRequest
{
    private Func<T>? answer;

    public CancellationToken Cancellation => cancellation;

    public void Run(Writer writer) => answer = work(writer);

    [SuppressMessage("Design", "CA1031", Justification = "It is the caller's, whatever it is.")]
    public void Answer()
    {
        try
        {
            SetResult(answer!());
        }
        catch (Exception failure)
        {
            SetException(failure);
        }
    }

    public void Refuse(Exception reason) => SetException(reason);

    public void Cancel() => SetCanceled(cancellation);
}
