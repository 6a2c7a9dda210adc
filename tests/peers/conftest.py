# SPDX-License-Identifier: ISC
"""Builds the drivers: small C programs that use io/smtp and io/webhook alone.

NUDGED_DRIVERS names a folder that has them already; NUDGED_DRIVER_CFLAGS adds
compiler flags (a sanitizer's, say).
"""
import os
import pathlib
import shlex
import subprocess
import sys

import pytest

# How long the loop may stand still; under memcheck everything is slower.
STALL_MS = float(os.environ.get("NUDGED_STALL_MS", "100"))
# When a driver that is to abort "later" does so: its dialogue must be there by then.
LATER_S = min(0.2 * STALL_MS / 100, 5)
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))

from smtp_script import Cert  # noqa: E402

SOURCES = ["core/" + n for n in ("err", "buf", "vec", "date", "text", "net", "retry",
                                 "smtp_reply", "smtp_talk", "smtp_write")] \
    + ["io/" + n for n in ("transfer", "smtp", "smtp_connect", "webhook")]


@pytest.fixture(scope="session")
def drivers(tmp_path_factory):
    given = os.environ.get("NUDGED_DRIVERS")
    if given:
        return pathlib.Path(given)
    folder = tmp_path_factory.mktemp("drivers")
    flags = shlex.split(os.environ.get("NUDGED_DRIVER_CFLAGS", "-O1 -g"))
    for name in ("smtp_driver", "webhook_driver"):
        subprocess.run(
            [os.environ.get("CC", "cc"), "-std=gnu11", "-D_GNU_SOURCE", *flags,
             "-I", str(ROOT / "src"), "-o", str(folder / name), str(HERE / (name + ".c"))]
            + [str(ROOT / "src" / (s + ".c")) for s in SOURCES]
            + ["-lcurl", "-lev"], check=True)
    return folder


@pytest.fixture(scope="session")
def cert(tmp_path_factory):
    return Cert(tmp_path_factory.mktemp("cert"))


@pytest.fixture(scope="session")
def other_cert(tmp_path_factory):
    """Of an authority that the client does not know."""
    return Cert(tmp_path_factory.mktemp("other"))


@pytest.fixture(scope="session")
def slow_lookup(tmp_path_factory):
    """A library that makes each look-up of a name take three seconds."""
    library = tmp_path_factory.mktemp("preload") / "slow_lookup.so"
    subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-o", str(library),
                    str(HERE / "slow_lookup.c")], check=True)
    return library


class Run:
    """What a driver printed: lines but for the stall."""

    def __init__(self, command, preload=None):
        env = dict(os.environ)
        if preload:
            # A sanitizer wants to come first, and takes a look-up that was left to
            # itself for a leak.
            env["LD_PRELOAD"] = str(preload)
            env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") \
                + ":verify_asan_link_order=0:detect_leaks=0"
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True,
                              timeout=60, errors="replace", env=env)
        assert done.returncode == 0, done.stderr + done.stdout
        lines = done.stdout.splitlines()
        self.lines = lines[:-1]
        self.stall_ms = int(lines[-1].split()[1])

    def said(self, word):
        return [l for l in self.lines if l.split(" ")[0] == word]


@pytest.fixture
def smtp(drivers):
    def run(peer, preload=None, **options):
        options.setdefault("url", peer.url if peer else None)
        options.setdefault("later", LATER_S)
        run = Run([drivers / "smtp_driver"] + ["%s=%s" % o for o in options.items()],
                  preload)
        # What must hold whatever the server did.
        assert run.stall_ms < STALL_MS, run.lines
        assert peer is None or peer.faults == []
        assert "smtp_at_dot disagrees" not in run.lines
        assert not run.lines or run.lines[-1].startswith(("closed", "not opened"))
        return run
    return run


@pytest.fixture
def webhook(drivers):
    def run(url, preload=None, **options):
        options["url"] = url
        options.setdefault("later", LATER_S)
        run = Run([drivers / "webhook_driver"] + ["%s=%s" % o for o in options.items()],
                  preload)
        assert run.stall_ms < STALL_MS, run.lines
        assert not [l for l in run.lines if "re-entrant" in l]
        return run
    return run
