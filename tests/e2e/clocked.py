# SPDX-License-Identifier: ISC
"""A site whose nudged lives by a clock that the test sets.

    with ClockedSite(tmp_path) as site:
        site.at("2019-03-29 08:00")
        site.init()
        ...
        site.start()
        site.go("2019-03-31 09:00")     # returns when all of that moment is done
        mails = site.mails()

The clock stands still between two moments (libfaketime with a timestamp file);
the steady clock that timers use is left alone.
"""
import datetime
import email
import email.policy
import json
import os
import pathlib
import re
import socket
import subprocess
import zoneinfo

import pytest

from daemon import BUILD, Site

LIBRARY = next((str(p) for p in pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1")),
               None)
LONDON = zoneinfo.ZoneInfo("Europe/London")



def preload():
    """The library, behind the sanitizer's runtime, which must come first."""
    needed = subprocess.run(["ldd", str(BUILD / "nudged")], capture_output=True, text=True).stdout
    return ":".join(re.findall(r"=> (/\S*lib[a-z]+san\S*)", needed) + [LIBRARY])


needs_faketime = pytest.mark.skipif(LIBRARY is None, reason="faketime is not installed")


def local(text, fold=0):
    """A local moment of London from "2019-03-29 08:00"."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold)


def frame(name, text=""):
    data = text.encode()
    return b"%s %d\n%s\n" % (name.encode(), len(data), data)


class Mail:
    """A mail as its reader sees it."""

    def __init__(self, path):
        self.raw = path.read_bytes()
        message = email.message_from_bytes(self.raw, policy=email.policy.default)
        self.to = message["To"].addresses[0].addr_spec
        self.subject = message["Subject"]
        self.at = message["Date"].datetime.astimezone(LONDON)
        self.on = self.at.date()
        body = message.get_body(("plain",))
        self.text = body.get_content()
        self.parts = [p.get_content() for p in message.iter_attachments()]
        self.message = message

    def key(self):
        return (self.at, self.to, self.subject, self.text)

    def has(self, ref):
        """Does it tell of this entry?"""
        return re.search(r"(?<![\w-])%s(?![\w-])" % re.escape(ref), self.text) is not None

    def __repr__(self):
        return "%s to %s: %s" % (self.at.strftime("%Y-%m-%d %H:%M"), self.to, self.subject)


def read_maildir(folder):
    folder = pathlib.Path(folder) / "new"
    found = [Mail(p) for p in folder.iterdir()] if folder.exists() else []
    return sorted(found, key=Mail.key)


class ClockedSite(Site):
    def __init__(self, folder, **conf):
        super().__init__(folder, **conf)
        self.stamp = self.folder / "clock"
        self.preload = preload()
        self.now = None

    # ---- the clock ----

    def at(self, moment):
        """Sets the clock; nudgectl goes by it too."""
        moment = local(moment) if isinstance(moment, str) else moment
        self.now = moment.astimezone(datetime.timezone.utc)
        fresh = self.folder / "clock.new"
        fresh.write_text(self.now.strftime("%Y-%m-%d %H:%M:%S"))
        os.replace(fresh, self.stamp)
        self.env.update(LD_PRELOAD=self.preload, FAKETIME_TIMESTAMP_FILE=str(self.stamp),
                        FAKETIME_NO_CACHE="1", DONT_FAKE_MONOTONIC="1",
                        FAKETIME_DONT_FAKE_MONOTONIC="1", TZ="UTC")

    # ---- nudged ----

    def ask(self, *args):
        """A command over the control socket, without a process of its own."""
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(30)
            sock.connect(self.conf["socket"])
            sock.sendall(frame("nudged", "1") + frame("json")
                         + b"".join(frame("arg", a) for a in args) + frame("end"))
            answer = b""
            while chunk := sock.recv(65536):
                answer += chunk
        out = b""
        while answer:
            head, rest = answer.split(b"\n", 1)
            name, size = head.split()
            if name == b"out":
                out += rest[:int(size)]
            answer = rest[int(size) + 1:]
        return out.decode()

    def is_done(self):
        status = json.loads(self.ask("status"))
        if status["last_beat_at"] is None:
            return False
        beat = datetime.datetime.fromisoformat(status["last_beat_at"])
        if beat != self.now:
            return False
        if status["gate"]:
            return True
        due = status["next_at"]
        return (due is None or datetime.datetime.fromisoformat(due) > self.now) and not (
            status["notices"]["attempting"] or status["notices"]["committing"])

    def beat(self):
        """A heartbeat now; returns when it is over and its mails are out."""
        self.ask("update", "NO-SUCH-REF", "a command makes nudged look at the time")
        self.wait_for(self.is_done)

    def go(self, moment):
        self.at(moment)
        self.beat()

    def start_without_waiting(self, *args):
        super().start(*args)

    def start(self, *args):
        super().start(*args)
        self.wait_for(self.is_done)

    # ---- mails ----

    def mails(self):
        return read_maildir(self.folder / "mails")

    def told(self):
        """When who was told of what, for short comparisons."""
        return [(m.at.strftime("%Y-%m-%d %H:%M"), m.to) for m in self.mails()]
