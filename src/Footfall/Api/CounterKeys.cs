using System.Buffers;
using Footfall.Counting;
using Footfall.Reporting;

namespace Footfall.Api;

/// <summary>
/// The counters that exist: single keys, and families such as <c>/blog/*</c>, each key below which is a counter once a
/// person is there. A request for any other is refused, so nobody can fill a store with keys.
/// </summary>
public sealed class CounterKeys
{
    /// <summary>The site's first page, and the counter of a request that names none.</summary>
    public const string Default = "/";

    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 100;

    /// <summary>How many keys a family may have.</summary>
    public const int FamilyCeiling = 1000;

    private const char AnyKey = '*';

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~");

    private readonly HashSet<string> keys;
    private readonly string[] families;

    /// <param name="configured">Keys and families beside <see cref="Default"/>, which always exists; in any order.</param>
    /// <exception cref="FormatException">A key is malformed; the message says which, and what a key may be.</exception>
    public CounterKeys(IEnumerable<string> configured)
    {
        var all = new SortedSet<string>(configured.Prepend(Default), StringComparer.Ordinal);
        foreach (var key in all)
        {
            ValidateSetting(key);
        }

        All = [.. all];
        keys = all.Where(key => !IsFamily(key)).ToHashSet(StringComparer.Ordinal);
        families = [.. all.Where(IsFamily).OrderByDescending(family => family.Length)];
    }

    /// <summary>Every key and every family as it was configured, in ordinal order.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>These and others.</summary>
    /// <exception cref="FormatException">A key is malformed.</exception>
    public CounterKeys With(IEnumerable<string> others) => new(All.Concat(others));

    /// <summary>Whether there is a counter of this key, or may be one once somebody is counted.</summary>
    public bool Contain(string key) => keys.Contains(key) || FamilyOf(key) is not null;

    /// <summary>The family that a key is of: the one with the most of it; null for a key of its own, and for no key.</summary>
    public string? FamilyOf(string key) =>
        keys.Contains(key) || !IsKey(key) ? null
        : Array.Find(families, family => key.AsSpan().StartsWith(family.AsSpan(..^1), StringComparison.Ordinal));

    /// <summary>What every key of a family begins with: its name without the star.</summary>
    public static string PrefixOf(string family) => family[..^1];

    /// <summary>Every counter that there is, in ordinal order: each key, and of each family those that were admitted or imported.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<IReadOnlyList<string>> ReadAllAsync(IVisitStore store, CancellationToken cancellationToken)
    {
        var all = new SortedSet<string>(keys, StringComparer.Ordinal);
        foreach (var family in families)
        {
            all.UnionWith(await store.ReadAdmittedAsync(family, cancellationToken));
        }

        return [.. all];
    }

    /// <exception cref="FormatException">The key is malformed.</exception>
    public static void Validate(string key)
    {
        if (!IsKey(key))
        {
            throw new FormatException(
                $"'{key}' is no counter key. A key is 1 to {MaxLength} of A-Z a-z 0-9 / - . _ ~, without '.' or '..' between slashes.");
        }
    }

    private static bool IsKey(string key) =>
        key.Length is > 0 and <= MaxLength && !key.AsSpan().ContainsAnyExcept(Allowed) && !HasDotSegment(key);

    private static bool IsFamily(string key) => key is [.., '/', AnyKey];

    private static void ValidateSetting(string key)
    {
        if (!IsFamily(key) && key.Contains(AnyKey, StringComparison.Ordinal))
        {
            throw new FormatException($"'{key}' is no family of counters. One is a key that ends in a slash, with * behind it, such as /blog/*.");
        }

        Validate(IsFamily(key) ? PrefixOf(key) : key);
        if (key.StartsWith(Link.CounterPrefix, StringComparison.Ordinal))
        {
            throw new FormatException(
                $"'{key}' is no key of a public counter: those of links begin with {Link.CounterPrefix}.");
        }
    }

    private static bool HasDotSegment(string key) => key.Split('/').Any(segment => segment is "." or "..");
}
