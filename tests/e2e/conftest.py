# SPDX-License-Identifier: ISC
"""A configuration and a register of their own for tests of nudgectl.

    def test_x(desk):
        desk.init()
        desk("add", "action", "Write", "--due", "tomorrow", now="2019-03-01")
        assert desk.json("list")[0]["ref"] == "A-1"
"""
import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("NUDGED_BUILD", "build")
SHARED = pathlib.Path(os.environ.get("NUDGED_SHARED", ROOT / ".." / "shared"))

CONFIG = """organisation = "Trial Board";
timezone = "Europe/London";
register = "%(folder)s/register.db";
socket = "%(folder)s/control.sock";
mail = { url = "maildir://%(folder)s/mail"; from = "Trial <trial@example.org>"; };
"""


class Desk:
    """nudgectl over one config."""

    def __init__(self, folder, extra=""):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.conf = self.folder / "nudged.conf"
        self.conf.write_text(CONFIG % {"folder": self.folder} + extra)

    def run(self, *args, now=None, text=None):
        """Runs a line and gives what came of it, whatever the status."""
        line = [str(BUILD / "nudgectl"), "-c", str(self.conf)]
        if now:
            line += ["--now", now]
        return subprocess.run(line + [str(a) for a in args], input=text,
                              capture_output=True, text=True, timeout=300)

    def __call__(self, *args, now=None, text=None):
        """Runs a line that must succeed and gives what it printed."""
        done = self.run(*args, now=now, text=text)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def json(self, *args, now=None):
        return json.loads(self(*args, "--json", now=now))

    def fails(self, status, *args, now=None, text=None):
        """Runs a line that must fail with a status; its message."""
        done = self.run(*args, now=now, text=text)
        assert done.returncode == status, done.stdout + done.stderr
        assert done.stderr
        return done.stderr

    def init(self):
        self("init")
        return self

    def file(self, name, content):
        path = self.folder / name
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)
        return path

    def load(self, kind, content, *options, now=None):
        """Imports a text; the counts."""
        path = self.file(kind + ".csv", content)
        return self.json("import", kind, path, *options, now=now)

    def counts(self, kind, content, *options, now=None):
        got = self.load(kind, content, *options, now=now)
        return got["new"], got["changed"], got["same"]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "desk").init()


@pytest.fixture
def desks(tmp_path):
    """Makes further desks, each with a register of its own."""
    made = []

    def make(extra=""):
        made.append(Desk(tmp_path / ("desk%d" % len(made)), extra).init())
        return made[-1]
    return make


@pytest.fixture
def shared():
    if not SHARED.is_dir():
        pytest.skip("the shared material is not here")
    return SHARED
