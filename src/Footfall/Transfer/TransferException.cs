namespace Footfall.Transfer;

/// <summary>Something that cannot be imported; the message is for the owner and says what was found and expected.</summary>
public sealed class TransferException(string message, Exception? innerException = null)
    : Exception(message, innerException);
