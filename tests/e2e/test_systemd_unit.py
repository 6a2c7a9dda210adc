# SPDX-License-Identifier: ISC
"""The unit as systemd's own tools see it."""
import re
import shutil
import subprocess

import pytest

from daemon import ROOT

pytestmark = pytest.mark.skipif(shutil.which("systemd-analyze") is None,
                                reason="systemd-analyze is not installed")
UNIT = ROOT / "systemd" / "nudged.service"


def analyze(*args):
    return subprocess.run(["systemd-analyze", *args], capture_output=True, text=True)


def test_security__exposure__is_at_most_1_5():
    done = analyze("security", "--offline=true", "--threshold=15", str(UNIT))
    assert done.returncode == 0, done.stdout[-200:]
    level = re.search(r"Overall exposure level .*: ([0-9.]+)", done.stdout)
    assert float(level.group(1)) <= 1.5


def test_verify__unit__is_silent(tmp_path):
    # The programs need not be installed, and the manuals neither.
    text = re.sub(r"^(Exec\w+=)\S+", r"\1/bin/true", UNIT.read_text(), flags=re.M)
    text = re.sub(r"^Documentation=.*\n", "", text, flags=re.M)
    copy = tmp_path / "nudged.service"
    copy.write_text(text)
    done = analyze("verify", str(copy))
    assert done.returncode == 0
    assert done.stdout + done.stderr == ""


def test_unit__says_what_the_program_needs():
    text = UNIT.read_text()
    for line in ("Type=notify", "User=nudged", "Restart=on-failure", "UMask=0027",
                 "StateDirectoryMode=0750"):
        assert re.search("^%s$" % line, text, re.M), line
    assert re.search(r"^ExecReload=\S*nudgectl .*reload$", text, re.M)
    # With it the kernel would say "nobody" of everybody who calls.
    assert not re.search(r"^PrivateUsers=", text, re.M)
