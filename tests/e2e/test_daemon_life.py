# SPDX-License-Identifier: ISC
"""Start, reload, stop, and what the service manager hears of it."""
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

import pytest

from daemon import BUILD, Site
from smtp_script import SmtpPeer


@pytest.fixture
def site(tmp_path):
    with Site(tmp_path) as it:
        it.init()
        it.person("Ann Example", "ann@example.org")
        yield it


class Manager:
    """The service manager's end of the notify socket."""

    def __init__(self, site):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        path = str(site.folder / "notify.sock")
        self.socket.bind(path)
        self.socket.settimeout(0.1)
        site.env["NOTIFY_SOCKET"] = path
        self.heard = []

    def lines(self):
        try:
            while True:
                self.heard += self.socket.recv(4096).decode().split("\n")
        except socket.timeout:
            return self.heard


def beats(site, n=1):
    for _ in range(n):
        beat = site.status()["last_beat_at"]
        site.wait_for(lambda: site.status()["last_beat_at"] != beat)


# ---- start ----

def test_start__without_register__says_how_to_make_one(tmp_path):
    site = Site(tmp_path)
    assert site.spawn().wait(20) == 1
    assert "nudgectl init" in site.log.read_text()


def test_start__bad_config__names_every_problem_with_its_line(tmp_path):
    site = Site(tmp_path, brakes=5, timezone="Europe/Londn")
    assert site.spawn().wait(20) == 1
    log = site.log.read_text()
    assert "nudged.conf:2: timezone" in log
    assert "brakes" in log and "did you mean" in log


def test_start__second_daemon__is_told_and_the_first_goes_on(site):
    site.start()
    second = subprocess.run([str(BUILD / "nudged"), "-c", str(site.path), "--foreground"],
                            capture_output=True, text=True, timeout=20)
    assert second.returncode == 1
    assert "is another nudged running?" in second.stderr
    assert site.status()["running"]
    assert site.stop() == 0


def test_start__left_over_socket__is_replaced(site):
    site.start()
    site.kill()
    assert os.path.exists(site.conf["socket"])
    site.start()
    assert site.status()["running"]
    assert site.stop() == 0
    assert not os.path.exists(site.conf["socket"])


def test_start__socket_of_somebody_else__is_left_alone(site):
    other = socket.socket(socket.AF_UNIX)
    other.bind(site.conf["socket"])
    other.listen()
    assert site.spawn().wait(20) == 1
    assert "somebody answers" in site.log.read_text()
    assert os.path.exists(site.conf["socket"])


def test_start__a_file_in_place_of_the_socket__is_left_alone(site):
    with open(site.conf["socket"], "w") as file:
        file.write("precious")
    assert site.spawn().wait(20) == 1
    with open(site.conf["socket"]) as file:
        assert file.read() == "precious"


def test_start__in_the_background__returns_when_ready(site):
    with open(site.log, "wb") as log:
        done = subprocess.run([str(BUILD / "nudged"), "-c", "nudged.conf"], timeout=20,
                              cwd=site.folder, stdout=log, stderr=log,
                              stdin=subprocess.DEVNULL)
    assert done.returncode == 0
    status = site.status()
    assert status["running"] and status["config"] == str(site.path)
    os.kill(status["pid"], signal.SIGTERM)
    site.wait_for(lambda: "nudged: stopped" in site.log.read_text())


def test_start__in_the_background__fails_with_the_child(tmp_path):
    site = Site(tmp_path)
    done = subprocess.run([str(BUILD / "nudged"), "-c", str(site.path)], timeout=20,
                          capture_output=True, text=True)
    assert done.returncode == 1
    assert "nudgectl init" in done.stderr


def test_options__usage_and_version():
    nudged = str(BUILD / "nudged")
    assert subprocess.run([nudged, "--bogus"], capture_output=True).returncode == 2
    assert subprocess.run([nudged, "word"], capture_output=True).returncode == 2
    shown = subprocess.run([nudged, "--version"], capture_output=True, text=True)
    assert shown.returncode == 0 and shown.stdout.startswith("nudged ")


# ---- reload ----

def break_config(site):
    text = site.path.read_text()
    site.path.write_text("frobnicate = 1;\n" + text.replace('"1 s"', '"soon"'))


def test_reload__broken_file__is_refused_whole_and_shown(site):
    site.start()
    before = site.status()["config_loaded_at"]
    break_config(site)
    done = site.run("reload")
    assert done.returncode == 1
    assert "%s:1: frobnicate: " % site.path in done.stderr
    assert "heartbeat" in done.stderr
    assert "stays in force" in done.stderr
    # The file is broken still: nudged is asked all the same.
    status = site.status()
    assert status["config_loaded_at"] == before
    assert status["reload_failed_at"]
    assert any("frobnicate" in p for p in status["reload_problems"])
    assert "refused" in site.ctl("status")
    site.write()
    site.ctl("reload")
    assert site.status()["reload_failed_at"] is None
    assert site.stop() == 0


def test_reload__secret_that_cannot_be_read__is_refused(site):
    site.start()
    site.conf["mail"].update(url="smtp://localhost:1", username="x",
                             password_file=str(site.folder / "none"))
    site.write()
    done = site.run("reload")
    assert done.returncode == 1
    assert "password_file" in done.stderr
    assert site.status()["channels"][0]["kind"] == "maildir"
    assert site.stop() == 0


def test_reload__path_of_the_register__needs_a_restart(site):
    site.start()
    register = site.conf["register"]
    site.write(register=register + "2")
    done = site.run("reload")
    assert done.returncode == 1
    assert "restart" in done.stderr
    site.write(register=register)
    assert site.stop() == 0


def test_hup__reloads_and_refuses_alike(site):
    site.start()
    break_config(site)
    site.daemon.send_signal(signal.SIGHUP)
    site.wait_for(lambda: "reload refused" in site.log.read_text())
    site.write()
    site.daemon.send_signal(signal.SIGHUP)
    site.wait_for(lambda: "read again" in site.log.read_text())
    assert site.status()["reload_failed_at"] is None
    assert site.stop() == 0


def test_reload__another_schedule__shows_in_plan_and_sends_nothing_twice(site):
    site.add("Old thing", "Ann Example")
    site.start()
    site.wait_for(lambda: site.states() == ["sent"])
    site.conf["schedules"][0]["remind"] = ["at assignment", "7 days before", "on the day"]
    site.write()
    site.ctl("reload")
    beats(site, 2)
    assert site.states() == ["sent"]
    planned = site.json("plan", "--from", "2031-12-01", "--to", "2031-12-31")
    rules = [e["rule"] for n in planned["notices"] for e in n["entries"]]
    assert sorted(rules) == ["7 days before", "on the day"]
    site.ctl("reload")
    beats(site)
    assert site.states() == ["sent"]
    assert site.stop() == 0


def test_reload__while_a_mail_is_at_its_dot__it_ends_under_the_old(site):
    with SmtpPeer({"DOT": [{"wait": 2}]}) as old, SmtpPeer() as new:
        site.write(mail={**site.conf["mail"], "url": old.url})
        site.start()
        site.add("Slow thing", "Ann Example")
        site.wait_for(lambda: old.bodies)
        site.conf["mail"]["url"] = new.url
        site.write()
        site.ctl("reload")
        site.add("Next thing", "Ann Example")
        site.wait_for(lambda: site.states() == ["sent", "sent"])
        assert len(old.bodies) == 1 and len(new.bodies) == 1
        assert site.stop() == 0


# ---- the end ----

def test_term__waits_for_the_answer_to_the_dot(site):
    with SmtpPeer({"DOT": [{"wait": 2}]}) as peer:
        site.write(mail={**site.conf["mail"], "url": peer.url, "connections": 1})
        for i in range(4):
            site.add("Thing %d" % i, "Ann Example")
        site.start()
        site.wait_for(lambda: peer.bodies)
        assert site.stop() == 0
        states = site.states()
        assert states.count("sent") == len(peer.mails) >= 1
        assert set(states) <= {"sent", "planned", "deferred"}
        assert all(n["tries"] == 0 for n in site.notices() if n["state"] != "sent")
        site.start()
        site.wait_for(lambda: site.states() == ["sent"] * 4)
        assert len(peer.bodies) == 4
        assert site.stop() == 0


def test_term__no_answer_to_the_dot__ends_in_time_and_in_doubt(site):
    with SmtpPeer({"DOT": [{"hold": True}]}) as peer:
        site.write(mail={**site.conf["mail"], "url": peer.url})
        site.add("Thing", "Ann Example")
        site.start()
        site.wait_for(lambda: peer.bodies)
        began = time.monotonic()
        assert site.stop() == 0
        assert 8 < time.monotonic() - began < 15
        assert site.states() == ["in_doubt"]


def test_kill__after_the_dot__is_in_doubt_and_repeats_the_same_bytes(site):
    with SmtpPeer({"DOT": [{"hold": True}]}) as peer:
        site.write(mail={**site.conf["mail"], "url": peer.url})
        site.add("Thing", "Ann Example")
        site.start()
        site.wait_for(lambda: peer.bodies)
        site.kill()
        site.start()
        site.wait_for(lambda: site.states() == ["sent"])
        assert len(peer.bodies) == 2
        assert peer.bodies[0]["data"] == peer.bodies[1]["data"]
        notice = site.notices()[0]
        assert notice["in_doubt"]
        assert [a["outcome"] for a in notice["attempts"]] == ["in_doubt", "sent"]
        assert site.stop() == 0


def test_kill__before_the_dot__is_no_doubt(site):
    with SmtpPeer({"DATA": [{"hold": True}]}) as peer:
        site.write(mail={**site.conf["mail"], "url": peer.url})
        site.add("Thing", "Ann Example")
        site.start()
        site.wait_for(lambda: "DATA" in peer.commands)
        site.kill()
        site.start()
        site.wait_for(lambda: site.states() == ["sent"])
        assert len(peer.bodies) == 1
        assert not site.notices()[0]["in_doubt"]
        assert site.stop() == 0


def test_in_doubt_hold__waits_for_a_person(site):
    with SmtpPeer({"DOT": [{"drop": True}]}) as peer:
        site.write(mail={**site.conf["mail"], "url": peer.url, "in_doubt": "hold"})
        site.add("Thing", "Ann Example")
        site.start()
        site.wait_for(lambda: site.states() == ["held"])
        beats(site, 2)
        assert len(peer.bodies) == 1
        site.ctl("retry", site.notices()[0]["id"])
        site.wait_for(lambda: site.states() == ["sent"])
        assert peer.bodies[0]["data"] == peer.bodies[1]["data"]
        assert site.stop() == 0


# ---- the service manager ----

def test_notify__start_reload_stop(site):
    manager = Manager(site)
    site.start()
    assert site.wait_for(lambda: "READY=1" in manager.lines())
    manager.heard.clear()
    site.ctl("reload")
    heard = manager.lines()
    assert heard.index("RELOADING=1") < heard.index("READY=1")
    assert any(line.startswith("MONOTONIC_USEC=") for line in heard)
    manager.heard.clear()
    assert site.stop() == 0
    assert "STOPPING=1" in manager.lines()


def test_notify__watchdog_after_heartbeats(site):
    manager = Manager(site)
    site.env["WATCHDOG_USEC"] = "30000000"
    site.start()
    site.wait_for(lambda: manager.lines().count("WATCHDOG=1") >= 2)
    assert site.stop() == 0


def test_notify__watchdog_below_the_heartbeat__is_kept_alive(site):
    manager = Manager(site)
    site.env["WATCHDOG_USEC"] = "2000000"
    site.write(heartbeat="30 s")
    site.start()
    site.wait_for(lambda: manager.lines().count("WATCHDOG=1") >= 3, 20)
    site.ctl("reload")
    manager.heard.clear()
    site.wait_for(lambda: manager.lines().count("WATCHDOG=1") >= 3, 20)
    assert site.stop() == 0


def test_notify__status_says_why_nothing_goes(tmp_path):
    with Site(tmp_path) as site:
        site.init(release=False)
        manager = Manager(site)
        site.start()
        site.wait_for(lambda: "STATUS=Delivery is held: first release" in manager.lines())
        manager.heard.clear()
        site.ctl("release")
        site.wait_for(lambda: "STATUS=Working" in manager.lines())
        assert site.stop() == 0


# ---- what holds everything ----

def test_first_release__nothing_goes_before_it(tmp_path):
    with Site(tmp_path) as site:
        site.init(release=False)
        site.person("Ann Example", "ann@example.org")
        site.add("Thing", "Ann Example")
        site.start()
        site.wait_for(lambda: site.states() == ["planned"])
        beats(site, 2)
        assert site.states() == ["planned"]
        assert site.status()["gate"] == "first release"
        site.ctl("release")
        site.wait_for(lambda: site.states() == ["sent"])
        assert site.stop() == 0


def copy_register(site, to):
    """As an admin would with the daemon stopped: the file and its -wal."""
    for tail in ("", "-wal"):
        if os.path.exists(site.conf["register"] + tail):
            shutil.copy(site.conf["register"] + tail, str(to) + tail)


def test_older_register__is_held_until_release_and_once_only(site):
    site.start()
    assert site.stop() == 0
    copy_register(site, site.folder / "yesterday")
    site.start()
    site.add("Thing", "Ann Example")
    site.wait_for(lambda: site.states() == ["sent"])
    assert site.stop() == 0
    for tail in ("", "-wal"):
        shutil.copy(str(site.folder / "yesterday") + tail, site.conf["register"] + tail)
    site.start()
    site.add("Thing", "Ann Example")
    site.wait_for(lambda: site.states() == ["planned"])
    beats(site, 2)
    assert "older than its mark" in site.status()["gate"]
    assert site.stop() == 0
    site.start()
    beats(site)
    assert site.states() == ["planned"]
    site.ctl("release")
    site.wait_for(lambda: site.states() == ["sent"])
    assert site.stop() == 0
    site.start()
    assert site.status()["gate"] is None
    assert site.stop() == 0


def test_backup__put_back_while_nothing_runs__is_held_until_that_is_released(site):
    """Not lost sight of by what nudgectl does before the daemon starts."""
    site.ctl("backup", site.folder / "backup.db")
    site.add("Thing", "Ann Example")
    site.start()
    site.wait_for(lambda: site.states() == ["sent"])
    assert site.stop() == 0
    for tail in ("", "-wal", "-shm"):
        if os.path.exists(site.conf["register"] + tail):
            os.unlink(site.conf["register"] + tail)
    shutil.copy(site.folder / "backup.db", site.conf["register"])
    assert "delivery held" in site.ctl("status")
    assert "a copy of the register" in site.status()["held"]
    site.add("Another", "Ann Example")
    assert "would be held: a copy of the register" in site.run("plan").stderr
    site.start()
    beats(site)
    assert site.states() == ["planned"]
    assert site.stop() == 0
    assert "it was held: a copy of the register" in site.ctl("release")
    site.start()
    site.wait_for(lambda: site.states() == ["sent"])
    assert site.stop() == 0


def test_backup__its_copy_is_held(site):
    site.add("Thing", "Ann Example")
    site.ctl("backup", site.folder / "copy.db")
    site.write(register=str(site.folder / "copy.db"))
    site.start()
    site.wait_for(lambda: site.states() == ["planned"])
    beats(site, 2)
    assert site.status()["gate"] == "a copy of the register"
    site.ctl("release")
    site.wait_for(lambda: site.states() == ["sent"])
    assert site.stop() == 0


def test_brake__stops_before_any_is_claimed(tmp_path):
    # Due within the last hour, but today.
    now = time.time()
    recent = time.strftime("%H:%M", time.gmtime(max(now - 600, now // 86400 * 86400)))
    with Site(tmp_path, brake=3, timezone="Etc/UTC") as site:
        site.conf["schedules"][0]["at"] = recent
        site.write()
        site.init()
        site.person("Ann Example", "ann@example.org")
        for i in range(5):
            site.add("Thing %d" % i, "Ann Example")
        site.start()
        site.wait_for(lambda: site.status()["gate"])
        beats(site)
        assert site.states() == ["planned"] * 5
        site.ctl("release")
        site.wait_for(lambda: site.states() == ["sent"] * 5)
        assert site.stop() == 0


def test_crashed_write__register_stays_sound(site):
    """The daemon is killed in the middle of commands; nothing is half done."""
    site.start()
    for i in range(5):
        site.add("Thing %d" % i, "Ann Example")
        site.kill()
        site.start()
    site.wait_for(lambda: site.states() == ["sent"] * 5)
    assert site.stop() == 0
    with sqlite3.connect("file:%s?mode=ro" % site.conf["register"], uri=True) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
