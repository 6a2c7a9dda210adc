# SPDX-License-Identifier: ISC
"""The register of ../shared, where it is there, taken into a site."""
import os
import pathlib

import pytest

from daemon import ROOT

SHARED = pathlib.Path(os.environ.get("NUDGED_SHARED", ROOT / ".." / "shared"))
REGISTER = SHARED / "data" / "register"
HOLIDAYS = SHARED / "data" / "holidays" / "england-and-wales.ics"

needs_register = pytest.mark.skipif(not (REGISTER / "cleveland.csv").exists(),
                                    reason="the shared register is not here")

FILES = (("parties", "parties.csv"), ("meetings", "meetings.csv"),
         ("reports", "reports.csv"), ("entries", "cleveland.csv"))

# The four lines that a configuration needs.
FOUR_LINES = ("organisation", "timezone", "register", "mail")


def four_lines(site):
    """Leaves nothing but the defaults (and a socket where it belongs)."""
    site.conf = {key: site.conf[key] for key in FOUR_LINES + ("socket",)}
    site.write()


def import_all(site, *options):
    """Imports the four files; returns what each said."""
    return {kind: site.ctl(*options, "import", kind, REGISTER / name)
            for kind, name in FILES}
