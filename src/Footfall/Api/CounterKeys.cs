using System.Buffers;
using Footfall.Reporting;

namespace Footfall.Api;

/// <summary>The counters that exist. A request for any other is refused, so nobody can fill a store with keys.</summary>
public sealed class CounterKeys
{
    /// <summary>The site's first page, and the counter of a request that names none.</summary>
    public const string Default = "/";

    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 100;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~");

    private readonly HashSet<string> keys;

    /// <param name="configured">Keys beside <see cref="Default"/>, which always exists; in any order.</param>
    /// <exception cref="FormatException">A key is malformed; the message says which, and what a key may be.</exception>
    public CounterKeys(IEnumerable<string> configured)
    {
        keys = new HashSet<string>(configured.Prepend(Default), StringComparer.Ordinal);
        foreach (var key in keys)
        {
            Validate(key);
            RefuseLink(key);
        }

        All = [.. keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Every key, in ordinal order.</summary>
    public IReadOnlyList<string> All { get; }

    public bool Contain(string key) => keys.Contains(key);

    /// <exception cref="FormatException">The key is malformed.</exception>
    public static void Validate(string key)
    {
        if (key.Length is 0 or > MaxLength || key.AsSpan().ContainsAnyExcept(Allowed) || HasDotSegment(key))
        {
            throw new FormatException(
                $"'{key}' is no counter key. A key is 1 to {MaxLength} of A-Z a-z 0-9 / - . _ ~, without '.' or '..' between slashes.");
        }
    }

    private static void RefuseLink(string key)
    {
        if (key.StartsWith(Link.CounterPrefix, StringComparison.Ordinal))
        {
            throw new FormatException(
                $"'{key}' is no key of a public counter: those of links begin with {Link.CounterPrefix}.");
        }
    }

    private static bool HasDotSegment(string key) => key.Split('/').Any(segment => segment is "." or "..");
}
