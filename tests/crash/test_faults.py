# SPDX-License-Identifier: ISC
"""A disk that fails: every fdatasync or write of the register in turn says EIO or
ENOSPC, once, while mails go out. nudged must stop at once with a failure, or not
have met the fault; started again, it sends all, and what came twice is flagged.

NUDGED_FAULTS says how many points are tried for each kind (default 6; 0: every one
until the fault is not met any more).
"""
import os
import shutil
import subprocess
import sys

import pytest

sys.path.insert(0, os.path.dirname(__file__))
from test_kill import MailSink, doubted  # noqa: E402
from daemon import BUILD, PATIENCE, Site  # noqa: E402
from smtp_script import SmtpPeer  # noqa: E402

FAULTS = int(os.environ.get("NUDGED_FAULTS", "6"))
MAILS = 12


def why_no_strace():
    if shutil.which("strace") is None:
        return "strace is not installed"
    # Some containers forbid it.
    done = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True)
    return "strace may not trace" if done.returncode != 0 else None


needs_strace = pytest.mark.skipif(why_no_strace() is not None,
                                  reason=str(why_no_strace()))


def run_under_fault(site, fault, count=MAILS):
    """Returns the exit status, None when all was sent without meeting it."""
    # A leak sanitizer cannot look into what strace traces.
    env = dict(os.environ, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0")
    with open(site.log, "ab") as log:
        daemon = subprocess.Popen(
            ["strace", "-f", "-qq", "-o", str(site.folder / "trace"), "-e",
             "trace=" + fault.split(":")[0], "-e", "inject=" + fault,
             str(BUILD / "nudged"), "-c", str(site.path), "--foreground"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env)
    site.daemon = daemon
    site.wait_for(lambda: daemon.poll() is not None
                  or site.run("notices", "--state", "sent").stdout.count("\n") == count)
    if daemon.poll() is not None:
        site.daemon = None
        return daemon.returncode
    pid = site.status()["pid"]
    os.kill(pid, 15)
    status = daemon.wait(PATIENCE)
    site.daemon = None
    return None if status == 0 else status


def injected(site):
    trace = site.folder / "trace"
    return "INJECTED" in trace.read_text()


def meet(folder, sink, fault):
    """Whether the fault was met; what came, and came twice, is judged."""
    folder.mkdir()
    with Site(folder, mail={"url": sink.url, "connections": 3}) as site:
        site.init()
        for i in range(MAILS):
            site.person("Member %d" % i, "m%d@example.org" % i)
            site.add("Thing %d" % i, "Member %d" % i)
        before = len(sink.arrived)
        status = run_under_fault(site, fault)
        if "KILL" in fault:
            met = status is not None
        else:
            assert status in (None, 1), "exit status %r" % status
            met = injected(site)
            if status is None and met:
                # A checkpoint may fail without harm; a commit may not.
                assert "commit" not in site.log.read_text()
        site.start()
        site.wait_for(lambda: site.states() == ["sent"] * MAILS)
        assert site.stop() == 0
        site.ctl("verify")
        assert len(sink.arrived) - before == MAILS, "lost"
        twice = {key for key, copies in sink.arrived.items() if len(copies) > 1}
        known = doubted(site)
        for key in twice - sink.explained:
            assert key in known, "a duplicate that nobody was told of"
            assert len(set(sink.arrived[key])) == 1
        sink.explained |= twice
        return met


@needs_strace
@pytest.mark.parametrize("fault", ["fdatasync:error=EIO", "pwrite64:error=ENOSPC",
                                   "pwrite64:error=EIO", "fdatasync:signal=KILL"])
def test_fault__stops_at_once_and_loses_nothing(tmp_path, fault):
    sink = MailSink()
    sink.explained = set()
    met = 0
    for n in range(1, 10000):
        when = n if FAULTS == 0 else 1 + (n - 1) * 3
        if FAULTS and n > FAULTS:
            break
        if not meet(tmp_path / str(n), sink, "%s:when=%d" % (fault, when)):
            break
        met += 1
    assert met > 0
    print("%s: %d points" % (fault, met))


@needs_strace
def test_slow_disk__leaves_the_whole_time_for_an_answer(tmp_path):
    with SmtpPeer({"DOT": [{"wait": 0.3}]}) as peer, \
            Site(tmp_path, mail={"url": peer.url, "dot_timeout": "1 s"}) as site:
        site.init()
        site.person("Ann Example", "ann@example.org")
        site.add("Find the lost keys", "Ann Example")
        assert run_under_fault(site, "fdatasync:delay_enter=1500000", count=1) is None
        assert len(peer.bodies) == 1
        assert not doubted(site)
