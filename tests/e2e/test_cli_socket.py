# SPDX-License-Identifier: ISC
"""The same commands over the control socket, and who holds the register."""
import fcntl
import json
import struct
import subprocess
import threading
import time

import pytest

from conftest import BUILD, Desk

PARTIES = "kind,name,email\n" + "".join(
    "person,Person %d,p%d@example.org\n" % (n, n) for n in range(50))


@pytest.fixture
def running(tmp_path):
    """A desk whose nudged runs."""
    desk = Desk(tmp_path / "desk").init()
    daemon = subprocess.Popen([str(BUILD / "nudged"), "-c", str(desk.conf), "--foreground"],
                              stderr=subprocess.PIPE, text=True)
    lines = []
    reader = threading.Thread(target=lambda: lines.extend(daemon.stderr), daemon=True)
    reader.start()
    for _ in range(600):
        if (desk.folder / "control.sock").exists() and desk.run("status").returncode == 0:
            break
        assert daemon.poll() is None, lines
        time.sleep(0.05)
    desk.daemon = daemon
    yield desk
    daemon.terminate()
    assert daemon.wait(60) == 0, lines
    reader.join(10)


def test_socket__writes_and_reads__as_without_daemon(running):
    running("person", "add", "Ann Other", "--email", "ann@example.org")
    entry = running.json("add", "action", "caf\u00e9 \u2013 open it", "--owner", "Ann Other", "--due", "2030-01-02")
    assert entry["text"] == "caf\u00e9 \u2013 open it"
    assert running.json("list")[0]["ref"] == entry["ref"]
    running("done", entry["ref"], "--evidence", "seen")
    assert running.json("history", entry["ref"])[-1]["what"] == "proposed for closure"


def test_socket__errors__have_the_same_statuses(running):
    assert "person add" in running.fails(3, "add", "action", "x", "--owner", "Nobody")
    assert "did you mean" in running.fails(2, "add", "acton", "x")
    ref = running.json("add", "action", "x")["ref"]
    running.fails(4, "approve", ref)
    bad = running.file("bad.csv", "text,owners\nx,Nobody\n")
    assert 'row 2, column "owners"' in running.fails(1, "import", "entries", bad)


def test_socket__import__goes_through_in_slices(running):
    assert running.counts("parties", PARTIES) == (50, 0, 0)
    text = "ref,text,owners,due_on,state\n" + "".join(
        "M-%d,row number %d of many,Person %d,2030-%02d-01,open\n" % (n, n, n % 50, 1 + n % 12)
        for n in range(1, 8001))
    assert running.counts("entries", text) == (8000, 0, 0)
    assert running.counts("entries", text) == (0, 0, 8000)
    assert len(running.json("list")) == 8000


def test_socket__other_commands_while_importing__wait_and_see_it_whole(running):
    text = "ref,text,due_on,state\n" + "".join(
        "M-%d,row number %d of many,2030-01-01,open\n" % (n, n) for n in range(1, 20001))
    path = running.file("big.csv", text)
    counts = []
    done = threading.Event()

    def look():
        while not done.is_set():
            counts.append(len(running.json("list")))

    looker = threading.Thread(target=look)
    looker.start()
    importing = subprocess.Popen([str(BUILD / "nudgectl"), "-c", str(running.conf),
                                  "import", "entries", str(path)],
                                 stdout=subprocess.PIPE, text=True)
    added = [running.json("add", "action", "meanwhile %d" % n)["ref"] for n in range(3)]
    out, _ = importing.communicate(timeout=300)
    done.set()
    looker.join()
    assert importing.returncode == 0 and out.startswith("20000 new"), out
    assert len(set(added)) == 3
    # nobody saw a part of it
    assert set(counts) <= set(range(4)) | set(range(20000, 20004)), sorted(set(counts))


def test_socket__caller_gone_while_importing__whole_or_nothing(running):
    text = "ref,text,due_on,state\n" + "".join(
        "M-%d,row number %d of many,2030-01-01,open\n" % (n, n) for n in range(1, 20001))
    path = running.file("big.csv", text)
    for wait in (0.02, 0.2, 0.4, 0.6, 0.9):
        importing = subprocess.Popen([str(BUILD / "nudgectl"), "-c", str(running.conf),
                                      "import", "entries", str(path)],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        importing.kill()
        importing.wait()
        # a command that writes comes after whatever was begun
        running("person", "add", "After %s" % wait)
        assert len(running.json("list")) in (0, 20000)


def test_lock_held_without_socket__says_so_and_waits(desk):
    lock = open(desk.folder / "register.db.lock", "r+")
    # F_OFD_SETLK, as the register's holder does
    fcntl.fcntl(lock, 37, struct.pack("hhqqixxxx", fcntl.F_WRLCK, 0, 0, 0, 0))
    line = [str(BUILD / "nudgectl"), "-c", str(desk.conf), "person", "add", "Ann"]
    waiting = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(0.5)
    assert waiting.poll() is None
    lock.close()
    out, err = waiting.communicate(timeout=60)
    assert waiting.returncode == 0 and "Ann added" in out, err


def test_daemon_commands__not_running__say_so(desk):
    assert "not running" in desk.fails(1, "reload")
