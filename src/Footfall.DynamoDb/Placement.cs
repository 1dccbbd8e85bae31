using Footfall.Counting;

namespace Footfall.DynamoDb;

/// <summary>In which shard a recording is added, and how far its numbers may go there.</summary>
/// <param name="Room">The largest that each number may be afterwards.</param>
/// <param name="IsLast">Whether there is no other placement to try: the counter is full where there is no room.</param>
internal readonly record struct Placement(int Shard, Tally Room, bool IsLast);
