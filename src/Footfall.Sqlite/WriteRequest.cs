using Footfall.Counting;

namespace Footfall.Sqlite;

/// <summary>A request that waits for the writer; its caller awaits the answer elsewhere.</summary>
internal interface IWriteRequest
{
    CancellationToken Cancellation { get; }

    /// <summary>Does the request inside the group's transaction; may be called again after a rollback.</summary>
    void Apply(Ledger ledger);

    /// <summary>Answers the caller; the transaction has been committed.</summary>
    void Answer();

    /// <summary>Tells the caller that nothing was recorded, and why.</summary>
    void Refuse(Exception reason);

    /// <summary>Tells the caller that it cancelled the request before it was recorded.</summary>
    void Cancel();
}

/// <summary>Its caller goes on in the thread that answers it.</summary>
internal abstract class WriteRequest<T>(CancellationToken cancellation) : TaskCompletionSource<T>, IWriteRequest
{
    public CancellationToken Cancellation => cancellation;

    public abstract void Apply(Ledger ledger);

    public abstract void Answer();

    public void Refuse(Exception reason) => SetException(reason);

    public void Cancel() => SetCanceled(cancellation);
}

internal abstract class RecordRequest(CancellationToken cancellation) : WriteRequest<Receipt>(cancellation)
{
    private PendingReceipt receipt;

    public sealed override void Apply(Ledger ledger) => receipt = Record(ledger);

    public sealed override void Answer() => SetResult(receipt.Settle());

    protected abstract PendingReceipt Record(Ledger ledger);
}

internal sealed class AddRequest(string counter, DateOnly day, Outcome outcome, CancellationToken cancellation)
    : RecordRequest(cancellation)
{
    protected override PendingReceipt Record(Ledger ledger) => ledger.Add(counter, day, outcome);
}

internal sealed class ClaimRequest(VisitorClaim claim, CancellationToken cancellation) : RecordRequest(cancellation)
{
    protected override PendingReceipt Record(Ledger ledger) => ledger.Claim(claim);
}

internal sealed class SaltRequest(DateOnly day, Salt candidate, CancellationToken cancellation)
    : WriteRequest<Salt>(cancellation)
{
    private Salt? salt;

    public override void Apply(Ledger ledger) => salt = ledger.GetOrAddSalt(day, candidate);

    public override void Answer() => SetResult(salt!);
}

/// <summary>Asks whether the database takes writes, and is answered true.</summary>
internal sealed class CheckRequest(CancellationToken cancellation) : WriteRequest<bool>(cancellation)
{
    public override void Apply(Ledger ledger) => ledger.Touch();

    public override void Answer() => SetResult(true);
}
