using System.Text;
using System.Text.RegularExpressions;
using Footfall.EndToEndTests.Tooling;
using Footfall.Tests.Stores;

namespace Footfall.EndToEndTests.SelfHost;

/// <summary>
/// What docs/self-host.md tells an owner to type, typed as root: on a machine whose folders, processes and network are
/// the test's own, and where systemctl is a stand-in that runs what the unit says.
/// </summary>
public sealed partial class SelfHostGuideTests : IDisposable
{
    // What needs a registry of packages, a firewall of the kernel's, a name in the world, or a journal.
    private static readonly string[] LeftOut =
        ["apt-get install --yes ", "ufw ", "curl --fail --silent https://", "journalctl ", "printf 'jane.example.com {"];

    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_command_of_it_works_and_restoring_brings_back_what_was_counted()
    {
        Prerequisite.RequireFile("/usr/bin/unshare");
        var script = new StringBuilder(Prelude());
        foreach (var (title, commands) in await ReadAsync())
        {
            script.Append(title switch
            {
                "Backup" => "visit 140; expect 1\n",
                "Restore" => "visit 141; expect 2\n",
                "A new version" => "expect 1; visit 142; expect 2\n",
                "And back" => "visit 143; expect 3\n",
                _ => "",
            });
            script.AppendJoin('\n', commands.Where(command => !LeftOut.Any(start => command.StartsWith(start, StringComparison.Ordinal))));
            script.Append('\n');
        }

        script.Append("expect 2; systemctl stop footfall\n");
        await WriteAsync("guide.sh", script.ToString());

        string[] root = Environment.IsPrivilegedProcess ? [] : ["sudo", "--non-interactive"];
        string[] command = [.. root, "unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc", "bash", "-eux", folder.File("guide.sh")];
        var run = await Tool.RunAsync(command[0], command[1..]);

        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Fact]
    public async Task What_is_left_out_is_in_it_and_all_else_is_run()
    {
        var commands = (await ReadAsync()).SelectMany(section => section.Commands).ToList();

        Assert.All(LeftOut, start => Assert.Contains(commands, command => command.StartsWith(start, StringComparison.Ordinal)));
        Assert.InRange(commands.Count(command => !LeftOut.Any(start => command.StartsWith(start, StringComparison.Ordinal))), 25, 100);
    }

    [Fact]
    public async Task The_unit_is_as_closed_as_the_guide_says()
    {
        Prerequisite.RequireFile("/usr/bin/systemd-analyze");

        var security = await Tool.RunAsync(
            "systemd-analyze", ["security", "--offline=true", "--no-pager", "--threshold=20", "packaging/footfall.service"]);

        Assert.Contains("Overall exposure level for footfall.service: 1.1 OK", security.Expect().Output, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<(string Title, string[] Commands)>> ReadAsync()
    {
        var guide = await File.ReadAllTextAsync(
            Path.Combine(Prerequisite.RepositoryRoot, "docs", "self-host.md"), TestContext.Current.CancellationToken);
        return
        [
            .. guide.Split("\n## ").Skip(1).Select(part =>
            (
                part[..part.IndexOf('\n', StringComparison.Ordinal)],
                Blocks().Matches(part).SelectMany(block => block.Groups["commands"].Value.Split('\n')).ToArray())),
        ];
    }

    [GeneratedRegex("^```sh\n(?<commands>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Blocks();

    // Folders that the guide writes to are copies or empty, and gone with the mount namespace.
    private string Prelude()
    {
        var program = Environment.GetEnvironmentVariable("TESTED_FOOTFALL") is { Length: > 0 } native
            ? native
            : $"dotnet {Path.Combine(AppContext.BaseDirectory, "Footfall.Cli.dll")}";

        return $$"""
            unset "${!FOOTFALL_@}"
            cd {{folder.FullName}}
            mkdir etc local bin
            cp --archive /etc/. etc
            mount --bind etc /etc
            mount --bind /usr/local/bin local
            mount -t tmpfs own /usr/local/bin
            ln --symbolic "$PWD"/local/* /usr/local/bin/
            for place in /srv /var/lib /var/backups; do mount -t tmpfs own "$place"; done
            ip link set lo up

            printf '#!/bin/sh\nexec {{program}} "$@"\n' > footfall
            cp {{Prerequisite.RepositoryRoot}}/packaging/footfall.service {{Prerequisite.RepositoryRoot}}/tests/example/resume.json .
            chmod 755 . footfall
            cat > bin/systemctl <<'END'
            #!/bin/bash -eu
            unit=/etc/systemd/system/footfall.service
            setting() { sed -n "s/^$1=//p" "$unit"; }
            start() {
              install -d -m "$(setting StateDirectoryMode)" -o "$(setting User)" -g "$(setting Group)" "/var/lib/$(setting StateDirectory)"
              umask "$(setting UMask)"
              HOME=/ setsid runuser -u "$(setting User)" -- $(setting ExecStart) > /srv/log 2>&1 &
              echo $! > /srv/pid
            }
            stop() {
              kill -TERM -- "-$(cat /srv/pid)"
              while kill -0 "$(cat /srv/pid)" 2> /dev/null; do sleep 0.1; done
            }
            case "$*" in
              'daemon-reload' | 'reload caddy') ;;
              'enable --now footfall' | 'start footfall') start ;;
              'stop footfall') stop ;;
              'restart footfall') stop; start ;;
              *) echo "systemctl $*: not in the guide when this stand-in was written" >&2; exit 1 ;;
            esac
            END
            chmod 755 bin/systemctl
            PATH=$PWD/bin:$PATH
            ask() { curl --fail --silent --retry 60 --retry-connrefused --retry-delay 1 "$@" http://127.0.0.1:8080/api/visits; }
            visit() { ask --user-agent "Mozilla/5.0 (X11; Linux x86_64; rv:$1.0) Gecko/20100101 Firefox/$1.0" --json '{}'; }
            expect() { ask | grep --fixed-strings "\"visits\":$1,"; }

            """;
    }

    private Task WriteAsync(string name, string content) =>
        File.WriteAllTextAsync(folder.File(name), content, TestContext.Current.CancellationToken);
}
