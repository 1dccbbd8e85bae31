using System.Net;
using System.Security.Cryptography;
using Footfall.Api;
using Footfall.Tests.Stores;

namespace Footfall.Tests.Api;

public sealed class AddressThrottleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly IPAddress Home = IPAddress.Parse("203.0.113.7");

    private readonly ManualClock clock = new(Start);

    [Theory]
    [InlineData(1, 60)]
    [InlineData(60, 1)]
    [InlineData(300, 1)]
    public void A_minutes_requests_may_come_at_once_and_the_next_must_wait_for_room(
        int requestsPerMinute, int retryAfter)
    {
        var throttle = Throttle(requestsPerMinute);
        Assert.All(Enumerable.Range(0, requestsPerMinute), _ => Assert.True(throttle.TryAcquire(Home, out var _)));
        Assert.False(throttle.TryAcquire(Home, out var seconds));
        Assert.Equal(retryAfter, seconds);
    }

    [Fact]
    public void There_is_room_for_one_more_after_the_time_that_was_told_and_for_no_second()
    {
        var throttle = Throttle(2);
        _ = throttle.TryAcquire(Home, out _);
        _ = throttle.TryAcquire(Home, out _);
        Assert.False(throttle.TryAcquire(Home, out var seconds));
        Assert.Equal(30, seconds);

        clock.Set(Start + TimeSpan.FromSeconds(29));
        Assert.False(throttle.TryAcquire(Home, out seconds));
        Assert.Equal(1, seconds);

        clock.Set(Start + TimeSpan.FromSeconds(30));
        Assert.True(throttle.TryAcquire(Home, out _));
        Assert.False(throttle.TryAcquire(Home, out _));

        clock.Set(Start + TimeSpan.FromMinutes(5));
        Assert.True(throttle.TryAcquire(Home, out _));
        Assert.True(throttle.TryAcquire(Home, out _));
        Assert.False(throttle.TryAcquire(Home, out _));
    }

    [Fact]
    public void What_was_refused_does_not_take_room()
    {
        var throttle = Throttle(1);
        _ = throttle.TryAcquire(Home, out _);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.False(throttle.TryAcquire(Home, out var _)));
        clock.Set(Start + TimeSpan.FromMinutes(1));
        Assert.True(throttle.TryAcquire(Home, out _));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.8", true)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", false)]
    [InlineData("2001:db8::1", "2001:db8::2", false)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", true)]
    public void Each_subscriber_has_room_of_their_own(string one, string other, bool isAnother)
    {
        // By chance two of them share a bucket, once in 16,384; three processes in a row hardly do.
        var rooms = Enumerable.Repeat(1, 3).Select(requestsPerMinute =>
        {
            var throttle = Throttle(requestsPerMinute);
            _ = throttle.TryAcquire(IPAddress.Parse(one), out var _);
            return throttle.TryAcquire(IPAddress.Parse(other), out var _);
        });
        Assert.Equal(isAnother, rooms.Any(room => room));
    }

    [Fact]
    public void Many_at_once_get_exactly_the_room_that_there_is()
    {
        var throttle = Throttle(100);
        var acquired = 0;
        Parallel.For(0, 10_000, _ =>
        {
            if (throttle.TryAcquire(Home, out var _))
            {
                Interlocked.Increment(ref acquired);
            }
        });
        Assert.Equal(100, acquired);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void A_rate_is_one_to_a_million(int requestsPerMinute) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Throttle(requestsPerMinute));

    private AddressThrottle Throttle(int requestsPerMinute) =>
        new(requestsPerMinute, clock, RandomNumberGenerator.Create());
}
