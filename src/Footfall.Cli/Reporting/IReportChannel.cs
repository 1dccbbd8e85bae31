namespace Footfall.Cli.Reporting;

/// <summary>A way to the owner: a webhook, or mail.</summary>
internal interface IReportChannel : IDisposable
{
    /// <summary>Where it leads, without what is secret about it.</summary>
    string Place { get; }

    /// <summary>Tries once to deliver a message.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the message may have arrived.</exception>
    Task<Attempt> SendAsync(Outgoing message, CancellationToken cancellationToken);
}
