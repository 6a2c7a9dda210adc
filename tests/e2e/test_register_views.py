# SPDX-License-Identifier: ISC
"""A real register taken in, looked at day by day, taken in again and out."""
import csv
import datetime
import io
import json
import re

import pytest

from cleveland import FILES, REGISTER, import_all, needs_register
from daemon import Site

pytestmark = needs_register

DAY = "2018-09-12"


def views():
    path = REGISTER / "expected-views.json"
    return json.loads(path.read_text()) if path.exists() else []


def day_of(view):
    """Also called where there are no views."""
    return view["as_of"] if isinstance(view, dict) else None


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("register")) as it:
        it.ctl("--now", DAY, "init")
        import_all(it, "--now", DAY)
        yield it


@pytest.mark.parametrize("view", views(), ids=day_of)
def test_list__as_of_a_day__shows_what_is_overdue(site, view):
    shown = site.json("--now", view["as_of"], "list", "--overdue")
    assert [(e["ref"], e["due_on"], e["overdue_days"]) for e in shown] == [
        (e["ref"], e["due_on"], e["overdue_days"]) for e in view["overdue"]]


@pytest.mark.parametrize("view", views(), ids=day_of)
def test_list__as_of_a_day__shows_what_falls_due_within_a_fortnight(site, view):
    today = datetime.date.fromisoformat(view["as_of"])
    until = today + datetime.timedelta(14)
    shown = site.json("--now", view["as_of"], "list", "--due-before", until)
    assert sorted((e["ref"], e["due_on"]) for e in shown) == sorted(
        (e["ref"], e["due_on"]) for e in view["due_within_14_days"])
    assert all(e["overdue_days"] == 0 for e in shown)


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def dump(site):
    """Everything of the register that an import may touch."""
    return {kind: site.ctl("--json", *kind.split())
            for kind in ("list --all", "parties", "series list", "report list", "meeting list")}


def counts(said):
    return [int(n) for n in re.findall(r"(\d+) (?:new|changed|the same)", said)]


def test_import__first_time__everything_is_new(tmp_path):
    with Site(tmp_path) as site:
        site.ctl("--now", DAY, "init")
        for (kind, name), said in zip(FILES, import_all(site, "--now", DAY).values()):
            n = len(rows((REGISTER / name).read_text(encoding="utf-8-sig")))
            assert counts(said) == [n, 0, 0], kind


def test_import__twice__everything_is_the_same_and_nothing_changes(site):
    before, events = dump(site), site.ctl("--json", "history", "CDI-1")
    for (kind, name), said in zip(FILES, import_all(site, "--now", "2018-09-13").values()):
        n = len(rows((REGISTER / name).read_text(encoding="utf-8-sig")))
        assert counts(said) == [0, 0, n], kind
    assert dump(site) == before
    assert site.ctl("--json", "history", "CDI-1") == events


def test_import__twice__through_the_daemon_says_the_same(site):
    before = dump(site)
    site.start()
    try:
        for (kind, name), said in zip(FILES, import_all(site).values()):
            n = len(rows((REGISTER / name).read_text(encoding="utf-8-sig")))
            assert counts(said) == [0, 0, n], kind
        assert dump(site) == before
    finally:
        assert site.stop() == 0


def test_export__into_an_empty_register_and_out_again__is_identical(site, tmp_path):
    first = site.ctl("export", "--format", "csv")
    assert len(rows(first)) == len(rows((REGISTER / "cleveland.csv").read_text()))
    with Site(tmp_path) as other:
        other.ctl("--now", DAY, "init")
        for kind, name in FILES[:3]:
            other.ctl("--now", DAY, "import", kind, REGISTER / name)
        path = tmp_path / "export.csv"
        path.write_text(first, encoding="utf-8")
        said = other.ctl("--now", DAY, "import", "entries", path)
        assert counts(said) == [len(rows(first)), 0, 0]
        assert other.ctl("export", "--format", "csv") == first
        assert other.ctl("export", "--format", "json") == site.ctl("export", "--format", "json")
        # And once more, into the register that it came from.
        assert counts(other.ctl("--now", DAY, "import", "entries", path)) == [
            0, 0, len(rows(first))]


@pytest.mark.parametrize("view", views(), ids=day_of)
def test_export__taken_in_elsewhere__gives_the_same_views(site, view, tmp_path):
    text = site.ctl("export", "--format", "csv")
    with Site(tmp_path) as other:
        other.ctl("--now", DAY, "init")
        for kind, name in FILES[:3]:
            other.ctl("--now", DAY, "import", kind, REGISTER / name)
        (tmp_path / "export.csv").write_text(text, encoding="utf-8")
        other.ctl("--now", DAY, "import", "entries", tmp_path / "export.csv")
        shown = other.json("--now", view["as_of"], "list", "--overdue")
        assert [(e["ref"], e["due_on"], e["overdue_days"]) for e in shown] == [
            (e["ref"], e["due_on"], e["overdue_days"]) for e in view["overdue"]]
