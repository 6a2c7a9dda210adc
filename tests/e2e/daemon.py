# SPDX-License-Identifier: ISC
"""A register, a configuration and a running nudged in a folder of their own.

    with Site(tmp_path, mail={"url": peer.url}) as site:
        site.init()
        site.person("Ann Example", "ann@example.org")
        site.start()
        site.add("Write the report", "Ann Example")
        site.wait_for(lambda: site.states() == ["sent"])

NUDGED_BUILD says where the programs are (default: build), NUDGED_WRAP what they
run under (valgrind and the like).
"""
import datetime
import json
import os
import pathlib
import shlex
import signal
import sqlite3
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("NUDGED_BUILD", "build")
WRAP = shlex.split(os.environ.get("NUDGED_WRAP", ""))
PATIENCE = float(os.environ.get("NUDGED_PATIENCE", "60"))
# How long the loop may stand still; slower programs have more time.
STALL_MS = float(os.environ.get("NUDGED_STALL_MS",
                                "60000" if WRAP else "2000" if "san" in BUILD.name
                                else "100"))

sys.path.insert(0, str(ROOT / "tests" / "peers"))


class Failed(Exception):
    """nudgectl did not exit with 0."""

    def __init__(self, done):
        super().__init__("%s: exit %d\n%s%s" % (done.args, done.returncode,
                                                done.stdout, done.stderr))
        self.status = done.returncode
        self.stdout, self.stderr = done.stdout, done.stderr


def setting(value):
    """A Python value as libconfig writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{ " + " ".join("%s = %s;" % (k, setting(v))
                               for k, v in value.items()) + " }"
    if value and isinstance(value[0], dict):
        return "( " + ", ".join(setting(v) for v in value) + " )"
    return "[ " + ", ".join(setting(v) for v in value) + " ]"


ALWAYS = {
    "working_days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    "sending_hours": "00:00-24:00",
    "holidays": [],
}


def defaults(folder):
    """Sends at once, at any hour: for tests of delivery."""
    return {
        "organisation": "Exampleshire Board",
        "timezone": "Europe/London",
        "register": str(folder / "register.db"),
        "socket": str(folder / "control.sock"),
        "heartbeat": "1 s",
        "brake": 0,
        "calendar": dict(ALWAYS),
        "mail": {"url": "maildir://%s/mails" % folder,
                 "from": "Action tracker <actions@example.org>"},
        "schedules": [{"name": "all", "remind": ["at assignment"], "at": "00:00",
                       "group": "none"}],
        "digests": [{"name": "far", "when": "every Monday", "to": "chair", "at": "08:00"}],
    }


def days_ago(days):
    return (datetime.date.today() - datetime.timedelta(days)).isoformat() + "T12:00"


class Site:
    def __init__(self, folder, **conf):
        self.folder = pathlib.Path(folder)
        self.conf = defaults(self.folder)
        for key, value in conf.items():
            if isinstance(value, dict) and isinstance(self.conf.get(key), dict):
                self.conf[key] = {**self.conf[key], **value}
            else:
                self.conf[key] = value
        self.path = self.folder / "nudged.conf"
        self.log = self.folder / "nudged.log"
        self.daemon = None
        self.env = dict(os.environ)
        self.write()

    # ---- the configuration ----

    def write(self, **changes):
        self.conf.update(changes)
        self.path.write_text("".join("%s = %s;\n" % (k, setting(v))
                                     for k, v in self.conf.items()), encoding="utf-8")

    def secret(self, name, text):
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(text + "\n")
        return str(path)

    # ---- nudgectl ----

    def run(self, *args, user=None, **kwargs):
        return subprocess.run([*WRAP, str(BUILD / "nudgectl"), "-c", str(self.path),
                               *map(str, args)],
                              capture_output=True, text=True, env=self.env, **kwargs)

    def ctl(self, *args):
        done = self.run(*args)
        if done.returncode != 0:
            raise Failed(done)
        return done.stdout

    def json(self, *args):
        return json.loads(self.ctl("--json", *args))

    def init(self, release=True):
        """A register whose rules are known since the day before yesterday, so
        that what was added yesterday is told of today."""
        self.ctl("init")
        with sqlite3.connect(self.conf["register"]) as db:
            db.execute("UPDATE rule_known SET since_at = since_at - 2 * 86400")
        if release:
            self.ctl("--now", days_ago(2), "release")

    def person(self, name, email):
        self.ctl("person", "add", name, "--email", email)

    def add(self, text, owner, *more):
        """An action of yesterday, whose owner is told today: at once."""
        self.ctl("--now", days_ago(1), "add", "action", text, "--owner", owner, "--due", "2031-12-31", *more)

    def notices(self):
        found = self.json("notices")
        return found["notices"] if isinstance(found, dict) else found

    def states(self):
        return sorted(n["state"] for n in self.notices())

    def status(self):
        return self.json("status")

    # ---- nudged ----

    def spawn(self, *args):
        return subprocess.Popen([*WRAP, str(BUILD / "nudged"), "-c", str(self.path),
                                 "--foreground", *args],
                                stdin=subprocess.DEVNULL, env=self.env,
                                stdout=open(self.log, "ab"), stderr=subprocess.STDOUT)

    def is_up(self):
        if self.daemon.poll() is not None:
            raise AssertionError("nudged ended: %s" % self.log.read_text())
        return "nudged: ready" in self.log.read_text()[self.log_from:]

    def start(self, *args):
        self.log_from = len(self.log.read_text()) if self.log.exists() else 0
        self.daemon = self.spawn(*args)
        self.wait_for(self.is_up)

    def stop(self, sig=signal.SIGTERM):
        """Returns the exit status."""
        if self.daemon is None:
            return None
        self.daemon.send_signal(sig)
        daemon, self.daemon = self.daemon, None
        try:
            return daemon.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            daemon.kill()
            raise

    def kill(self):
        self.stop(signal.SIGKILL)

    def wait_for(self, true, seconds=None):
        until = time.monotonic() + (seconds or PATIENCE)
        while True:
            value = true()
            if value:
                return value
            if time.monotonic() > until:
                raise AssertionError("waited in vain; notices: %s\n%s"
                                     % (self.run("notices").stdout, self.log.read_text()))
            time.sleep(0.03)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.daemon is not None and self.daemon.poll() is None:
            self.daemon.kill()
            self.daemon.wait()
