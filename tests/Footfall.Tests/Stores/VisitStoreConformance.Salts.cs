using System.Globalization;
using Footfall.Counting;

namespace Footfall.Tests.Stores;

/// <content>One salt a day, the same for everybody, gone in time.</content>
public abstract partial class VisitStoreConformance
{
    [Fact]
    public async Task The_first_salt_of_a_day_is_kept_for_every_later_caller()
    {
        var first = Visitors.SaltOf("first");

        AssertSame(first, await Store.GetOrAddSaltAsync(Day, first, Cancellation));
        AssertSame(first, await Store.GetOrAddSaltAsync(Day, Visitors.SaltOf("second"), Cancellation));
        AssertSame(first, await Store.FindSaltAsync(Day, Cancellation));
    }

    [Fact]
    public async Task Each_day_has_a_salt_of_its_own()
    {
        var tomorrow = Day.AddDays(1);
        await Store.GetOrAddSaltAsync(Day, Visitors.SaltOf("today"), Cancellation);
        await Store.GetOrAddSaltAsync(tomorrow, Visitors.SaltOf("tomorrow"), Cancellation);

        AssertSame(Visitors.SaltOf("today"), await Store.FindSaltAsync(Day, Cancellation));
        AssertSame(Visitors.SaltOf("tomorrow"), await Store.FindSaltAsync(tomorrow, Cancellation));
    }

    [Fact]
    public async Task Looking_for_a_salt_makes_none()
    {
        Assert.Null(await Store.FindSaltAsync(Day, Cancellation));
        Assert.Null(await Store.FindSaltAsync(Day, Cancellation));
    }

    [Fact]
    public async Task Concurrent_callers_of_two_instances_are_given_one_salt()
    {
        var other = await OpenAnotherAsync();

        var salts = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Retrying(() =>
            (number % 2 == 0 ? Store : other).GetOrAddSaltAsync(
                Day, Visitors.SaltOf(number.ToString(CultureInfo.InvariantCulture)), Cancellation))));

        Assert.Single(salts.Select(salt => Convert.ToHexString(salt.Bytes)).Distinct(StringComparer.Ordinal));
        AssertSame(salts[0], await other.FindSaltAsync(Day, Cancellation));
    }

    [Fact]
    public async Task A_salt_is_gone_when_the_next_day_has_ended()
    {
        await Store.GetOrAddSaltAsync(Day, Visitors.SaltOf(Day), Cancellation);

        Clock.Set(Retention.Expiry(Day) - Moment);
        Assert.NotNull(await Store.FindSaltAsync(Day, Cancellation));

        Clock.Set(Retention.Expiry(Day));
        Assert.Null(await Store.FindSaltAsync(Day, Cancellation));
    }

    private static void AssertSame(Salt expected, Salt? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Bytes, actual.Bytes);
    }

    [Fact]
    public async Task A_salt_that_should_be_gone_is_neither_given_nor_made_and_the_refusal_names_the_clock()
    {
        await Store.GetOrAddSaltAsync(Day, Visitors.SaltOf(Day), Cancellation);
        Clock.Set(Retention.Expiry(Day).AddHours(1));

        foreach (var day in (DateOnly[])[Day, Day.AddDays(-1)])
        {
            var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(
                () => Store.GetOrAddSaltAsync(day, Visitors.SaltOf("another"), Cancellation));
            Assert.Contains($"{day:O}", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("2026-11-24 01:00", refusal.Message, StringComparison.Ordinal);
        }

        Clock.Set(Noon);
        Assert.Null(await Store.FindSaltAsync(Day.AddDays(-1), Cancellation));
    }
}
