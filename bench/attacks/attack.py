"""One client that takes more than its share, and what is left of the server for others. Prints a line of figures.

  attack.py idle PORT COUNT       COUNT connections from 127.0.0.1 that say nothing, while 127.0.0.2 asks 300 times
  attack.py deaf PORT COUNT PID   COUNT connections that ask on and on and never read; PID's resident memory
"""
import errno
import select
import socket
import sys
import time

PAGE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
COUNT = b"GET /api/visits HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def connect(port, source, timeout, receive_buffer=None):
    client = socket.socket()
    client.settimeout(timeout)
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.bind((source, 0))
    client.connect(("127.0.0.1", port))
    return client


def ask(port, source):
    """Seconds until the whole answer was there; None when there was none within five."""
    began = time.monotonic()
    try:
        with connect(port, source, 5) as client:
            client.sendall(COUNT)
            answer = b""
            while part := client.recv(65536):
                answer += part
    except OSError:
        return None
    return time.monotonic() - began if answer.startswith(b"HTTP/1.1 200") else None


def idle(port, count):
    waiting = []
    for _ in range(count):
        try:
            waiting.append(connect(port, "127.0.0.1", 5))
        except OSError:
            pass
    time.sleep(1)
    times = [ask(port, "127.0.0.2") for _ in range(300)]
    answered = sorted(taken for taken in times if taken is not None)
    p99 = f"{1000 * answered[int(len(answered) * 0.99)]:.1f} ms" if answered else "-"
    print(f"{len(answered)} of {len(times)} answered, p99 {p99}, with {still_open(waiting)} of {count} idle ones let in")


def resident(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024


def kept_by_system():
    """What the system keeps for all sockets of TCP, in MiB."""
    with open("/proc/net/sockstat", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("TCP:")).split()
    return int(line[line.index("mem") + 1]) * 4096 // 2**20


def still_open(clients):
    return sum(1 for client in clients if not is_closed(client))


def is_closed(client):
    events = select.poll()
    events.register(client, select.POLLRDHUP | select.POLLHUP | select.POLLERR)
    return bool(events.poll(0))


def deaf(port, count, pid):
    before, system_before = resident(pid), kept_by_system()
    clients = [connect(port, "127.0.0.1", 5, receive_buffer=4096) for _ in range(count)]
    for client in clients:
        client.setblocking(False)
    most = system_most = 0
    began = time.monotonic()
    while time.monotonic() - began < 20:
        for client in clients:
            try:
                client.send(PAGE * 200)
            except OSError as failure:
                if failure.errno not in (errno.EAGAIN, errno.EPIPE, errno.ECONNRESET):
                    raise
        most = max(most, resident(pid))
        system_most = max(system_most, kept_by_system())
        time.sleep(0.5)
    time.sleep(160)
    print(
        f"resident {before} MiB, at most {most} MiB; the system's for sockets {system_most - system_before} MiB more; "
        f"{still_open(clients)} of {count} still connected after 3 minutes")


kind, arguments = sys.argv[1], [int(text) for text in sys.argv[2:]]
{"idle": idle, "deaf": deaf}[kind](*arguments)
