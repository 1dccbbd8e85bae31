using System.Security.Cryptography;
using Footfall.Api;
using Footfall.Cli.Commands;

namespace Footfall.Cli.Files;

/// <summary>The owner's key on one machine: a file that only its owner can read, made when it is first asked for.</summary>
internal static class OwnerKeyFile
{
    /// <exception cref="CommandException">It cannot be read or made, or holds no key.</exception>
    public static string ReadOrMake(string path, RandomNumberGenerator random)
    {
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return File.Exists(path) ? Read(path) : Make(path, random);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                $"The owner's key {path} cannot be read or made: {e.Message} Choose another folder with --data DIR, or give "
                + "the digest of a key with --owner-key-sha256 HEX (footfall owner-key makes both).",
                e);
        }
    }

    private static string Read(string path)
    {
        var key = File.ReadAllText(path).Trim();
        return OwnerKey.IsKey(key)
            ? key
            : throw new CommandException($"{path} holds no owner's key. Delete it, and another is made at the next start.");
    }

    private static string Make(string path, RandomNumberGenerator random)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var key = OwnerKey.Make(random);
        using var writer = new StreamWriter(path, options);
        writer.WriteLine(key);
        return key;
    }
}
