# SPDX-License-Identifier: ISC
"""README's session says what the programs say, on a terminal of 80 columns.

    python3 tests/e2e/test_readme.py     writes what they say into README.md
"""
import fcntl
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios

from daemon import BUILD, ROOT

README = ROOT / "README.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```\n(?:^```\n(.*?)^```\n)?", re.M | re.S)
MARK = "---- block %d ----"


def session(folder):
    """Runs all blocks in one shell; returns what each of them showed."""
    blocks = BLOCK.findall(README.read_text(encoding="utf-8"))
    (folder / "build").symlink_to(BUILD)
    script = "set -e\n" + "".join("echo '%s'\n%s" % (MARK % i, code)
                                  for i, (code, _) in enumerate(blocks))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    # cd in the script goes to a folder of mktemp, which is made in here
    env = dict(os.environ, TMPDIR=str(folder))
    shell = subprocess.Popen(["bash", "-c", script], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                             stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the last one has closed it
            break
        if not part:
            break
        shown += part
    os.close(ours)
    text = shown.decode("utf-8").replace("\r\n", "\n")
    assert shell.wait() == 0, text
    parts = re.split(r"^---- block \d+ ----\n", text, flags=re.M)[1:]
    assert len(parts) == len(blocks)
    return blocks, parts


def test_readme__session__shows_what_is_printed():
    # Not pytest's folder: a socket's path has few bytes.
    with tempfile.TemporaryDirectory() as folder:
        blocks, parts = session(pathlib.Path(folder))
    compared = 0
    for (_, written), shown in zip(blocks, parts):
        if written:
            assert written == shown
            compared += 1
    assert compared >= 3


def rewrite(folder):
    _, parts = session(folder)
    parts = iter(parts)

    def fill(match):
        shown = next(parts)
        both = "```sh\n%s```\n" % match.group(1)
        return both if match.group(2) is None else both + "```\n%s```\n" % shown
    README.write_text(BLOCK.sub(fill, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        rewrite(pathlib.Path(temporary))
    sys.exit(0)
