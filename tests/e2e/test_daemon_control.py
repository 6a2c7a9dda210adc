# SPDX-License-Identifier: ISC
"""The control socket: who may do what, callers that misbehave, and a loop that
goes on while long commands run."""
import grp
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

import pytest

from daemon import STALL_MS, Site, days_ago

NOBODY = 65534

CALLER = '''
import socket, sys
def frame(name, text=b""):
    return name + b" %d\\n" % len(text) + text + b"\\n"
s = socket.socket(socket.AF_UNIX)
s.settimeout(30)
s.connect(sys.argv[1])
try:
    s.sendall(frame(b"nudged", b"1") + b"".join(frame(b"arg", a.encode()) for a in sys.argv[2:])
              + frame(b"end"))
except (BrokenPipeError, ConnectionResetError):
    pass  # the answer may say why
answer = b""
while True:
    try:
        data = s.recv(65536)
    except ConnectionResetError:
        break
    if not data:
        break
    answer += data
status = None
while answer:
    head, answer = answer.split(b"\\n", 1)
    name, size = head.split()
    text, answer = answer[:int(size)], answer[int(size) + 1:]
    if name == b"status":
        status = int(text)
    else:
        (sys.stdout if name == b"out" else sys.stderr).write(text.decode())
sys.exit(99 if status is None else status)
'''


def frame(name, text=b""):
    return b"%s %d\n%s\n" % (name, len(text), text)


def request(*args):
    return (frame(b"nudged", b"1") + b"".join(frame(b"arg", a.encode()) for a in args)
            + frame(b"end"))


def connect(site):
    sock = socket.socket(socket.AF_UNIX)
    sock.connect(site.conf["socket"])
    sock.settimeout(20)
    return sock


def everything(sock):
    got = b""
    try:
        while True:
            data = sock.recv(65536)
            if not data:
                return got
            got += data
    except ConnectionResetError:
        return got


@pytest.fixture
def site(tmp_path):
    with Site(tmp_path) as it:
        it.init()
        it.person("Ann Example", "ann@example.org")
        it.start()
        yield it
        assert it.status()["loop"]["stall_ms_max"] < STALL_MS
        assert it.stop() == 0


# ---- callers that misbehave ----

GARBAGE = [
    b"GET / HTTP/1.1\r\n\r\n",
    b"\0" * 100,
    b"nudged 1\n2\n",
    b"nudged 99999999999999999999\n",
    frame(b"nudged", b"1") + b"arg 70000\n" + b"x" * 70000 + b"\n",
    frame(b"nudged", b"1") + frame(b"bytes", b"no file before"),
    frame(b"nudged", b"1") + frame(b"arg", b"li\0st") + frame(b"end"),
    request("status") + b"and more",
]


@pytest.mark.parametrize("bytes_", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage__is_answered_or_dropped_and_nothing_else_happens(site, bytes_):
    with connect(site) as sock:
        try:
            sock.sendall(bytes_)
            sock.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass
        everything(sock)
    assert site.status()["running"]


def test_byte_by_byte__is_the_same_request(site):
    with connect(site) as sock:
        for byte in request("status"):
            sock.sendall(bytes([byte]))
        assert b"running" in everything(sock)


def test_status__of_one_that_hangs__says_so_and_ends(site):
    site.daemon.send_signal(signal.SIGSTOP)
    try:
        answer = site.run("status")
    finally:
        site.daemon.send_signal(signal.SIGCONT)
    assert answer.returncode == 1
    assert "does not answer" in answer.stderr


def test_unknown_command_and_reading_ones__are_refused(site):
    with connect(site) as sock:
        sock.sendall(request("frobnicate"))
        assert b"status 1\n2\n" in everything(sock)
    with connect(site) as sock:
        sock.sendall(request("list"))
        answer = everything(sock)
        assert b"status 1\n0\n" not in answer and b"Ann" not in answer


def test_half_a_request__keeps_nobody_waiting(site):
    # who is not root may have eight
    idle = [connect(site) for _ in range(20 if os.geteuid() == 0 else 7)]
    for sock in idle:
        sock.sendall(request("status")[:15])
    began = time.monotonic()
    assert site.status()["running"]
    assert time.monotonic() - began < 10
    for sock in idle:
        sock.close()


def test_too_many__wait_until_others_leave(site):
    idle = [connect(site) for _ in range(70)]
    late = connect(site)
    late.sendall(request("status"))
    for sock in idle:
        sock.close()
    assert b"running" in everything(late)


def test_gone_before_the_answer__is_no_harm(site):
    for _ in range(20):
        sock = connect(site)
        sock.sendall(request("add", "action", "Thing", "--owner", "Ann Example"))
        sock.close()
    site.wait_for(lambda: len(site.json("list")) == 20)


def test_register_held_by_another__is_said_and_the_daemon_goes_on(tmp_path):
    with Site(tmp_path) as site:
        site.init()
        site.start()
        db = sqlite3.connect(site.conf["register"], isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
        done = site.run("person", "add", "Bob Example")
        assert done.returncode == 1
        assert "locked" in done.stderr
        db.execute("ROLLBACK")
        site.ctl("person", "add", "Bob Example")
        assert site.stop() == 0


# ---- long commands ----

def test_long_import__others_are_served_and_the_loop_goes_on(site):
    site.add("Old thing", "Ann Example")
    rows = site.folder / "entries.csv"
    with open(rows, "w") as out:
        out.write("kind,text,owners,due_on,state\n")
        for i in range(20000):
            out.write("action,Thing %d,Ann Example,2031-12-31,open\n" % i)
    done = []

    def bring_in():
        done.append(site.run("--now", days_ago(1), "import", "entries", rows))

    thread = threading.Thread(target=bring_in)
    thread.start()
    served = 0
    while thread.is_alive():
        site.ctl("update", "A-1", "note %d" % served)
        served += 1
    thread.join()
    assert done[0].returncode == 0, done[0].stderr
    assert served > 1
    assert len(site.json("list")) == 20001


def test_killed_in_a_long_import__all_or_nothing(site):
    rows = site.folder / "entries.csv"
    with open(rows, "w") as out:
        out.write("kind,text,owners,due_on,state\n")
        for i in range(20000):
            out.write("action,Thing %d,Ann Example,2031-12-31,open\n" % i)
    for delay in (0.05, 0.3, 0.6, 0.9):
        caller = threading.Thread(target=site.run, args=("import", "entries", rows))
        caller.start()
        time.sleep(delay)
        site.kill()
        caller.join()
        site.start()
        found = len(site.json("list"))
        assert found in (0, 20000)
        if found:
            break


# ---- who may do what ----

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="acts as other users")


@pytest.fixture
def shared():
    """A site that other users can reach, where group users may edit, group games
    administer and group audio read."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="nudged-"))
    folder.chmod(0o755)
    with Site(folder, access={"edit": ["users"], "approve": [], "admin": ["games"]}) as it:
        it.init()
        it.person("Ann Example", "ann@example.org")
        for tail in ("", "-wal", "-shm"):
            if os.path.exists(it.conf["register"] + tail):
                os.chown(it.conf["register"] + tail, -1, grp.getgrnam("audio").gr_gid)
        it.start()
        os.chmod(it.conf["socket"], 0o666)
        (folder / "caller.py").write_text(CALLER)
        yield it
        assert it.stop() == 0
    shutil.rmtree(folder)


def ask_as(site, groups, *args):
    return subprocess.run(
        ["/usr/bin/python3", str(site.folder / "caller.py"), site.conf["socket"], *args],
        user=NOBODY, group=NOBODY, extra_groups=[grp.getgrnam(g).gr_gid for g in groups],
        capture_output=True, text=True, cwd=str(site.folder))


@needs_root
@pytest.mark.parametrize("groups, edits, administers, reads", [
    ([], False, False, False),
    (["audio"], False, False, True),
    (["users"], True, False, True),
    (["games"], False, True, True),
    (["users", "games"], True, True, True),
])
def test_access__is_by_the_callers_groups(shared, groups, edits, administers, reads):
    assert (ask_as(shared, groups, "status").returncode == 0) == reads
    add = ask_as(shared, groups, "add", "action", "Thing", "--owner", "Ann Example")
    assert (add.returncode == 0) == edits, add.stderr
    assert (ask_as(shared, groups, "reload").returncode == 0) == administers
    with sqlite3.connect("file:%s?mode=ro" % shared.conf["register"], uri=True) as db:
        actors = {row[0] for row in db.execute(
            "SELECT actor FROM event WHERE subject = 'entry'")}
    assert actors == ({"nobody"} if edits else set())


@needs_root
def test_access__groups_are_those_of_the_new_configuration_after_reload(shared):
    add = ("add", "action", "Thing", "--owner", "Ann Example")
    assert ask_as(shared, ["audio"], *add).returncode != 0
    shared.write(access={"edit": ["audio"]})
    shared.ctl("reload")
    assert ask_as(shared, ["audio"], *add).returncode == 0
    assert ask_as(shared, ["users"], *add).returncode != 0


@needs_root
def test_access__one_user_cannot_take_all_places(shared):
    hog = subprocess.Popen(
        ["/usr/bin/python3", "-c", "import socket, sys\n"
         "held = []\n"
         "for _ in range(30):\n"
         "    s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); held.append(s)\n"
         "print('held', flush=True); sys.stdin.read()", shared.conf["socket"]],
        user=NOBODY, group=NOBODY, extra_groups=[], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True)
    assert hog.stdout.readline() == "held\n"
    busy = ask_as(shared, ["users"], "status")
    assert busy.returncode == 1 and "too many" in busy.stderr
    assert shared.status()["running"]
    hog.communicate("")


@needs_root
def test_access__who_may_only_read_cannot_send_much(shared):
    long_line = ["x" * 60000] * 10
    refused = ask_as(shared, ["audio"], *long_line)
    assert refused.returncode == 1 and "too much at once" in refused.stderr
    # Who may edit is told about the line itself.
    assert ask_as(shared, ["users"], *long_line).returncode == 2


if __name__ == "__main__":
    sys.exit(pytest.main([__file__]))
