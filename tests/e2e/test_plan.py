# SPDX-License-Identifier: ISC
"""Sixteen months of a real register under the default schedules: what `plan`
lists, and that the daemon sends just that when the days come."""
import collections
import csv
import datetime
import io

import pytest

from cleveland import FILES, HOLIDAYS, REGISTER, four_lines, import_all, needs_register
from clocked import ClockedSite, LONDON, needs_faketime, read_maildir

pytestmark = [needs_register, needs_faketime]

FIRST, LAST = "2018-09-13", "2019-12-31"
CHAIRS = {"SDP": "carol@example.org", "WT": "colin@example.org"}
SECRETARY, SPONSOR = "sam@example.org", "sybil@example.org"
SPONSORED = ("SDP-10", "SDP-14", "WT-6")

Notice = collections.namedtuple("Notice", "at to kind refs rules subject digest")


def holidays():
    days = set()
    for line in HOLIDAYS.read_text().splitlines():
        if line.startswith("DTSTART"):
            days.add(datetime.datetime.strptime(line.rsplit(":", 1)[1].strip(), "%Y%m%d").date())
    return days


def is_working(day):
    return day.weekday() < 5 and day not in holidays()


def working_days_on(day, n):
    """n working days after a day; before it when n is negative."""
    step = datetime.timedelta(1 if n > 0 else -1)
    for _ in range(abs(n)):
        day += step
        while not is_working(day):
            day += step
    return day


def rolled(day, step):
    while not is_working(day):
        day += datetime.timedelta(step)
    return day


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The evening before: imported, chairs and sponsors named, released."""
    with ClockedSite(tmp_path_factory.mktemp("plan")) as it:
        four_lines(it)
        it.at("2018-09-12 17:00")
        it.init()
        import_all(it)
        for name in ("Carol", "Colin", "Sam", "Sybil"):
            it.ctl("person", "add", name + " Example", "--email", name.lower() + "@example.org")
        it.ctl("series", "set", "SDP", "--chair", "Carol Example", "--secretary", "Sam Example")
        it.ctl("series", "set", "WT", "--chair", "Colin Example", "--secretary", "Sam Example")
        it.ctl("report", "set", "CDI", "--series", "SDP")
        for ref in SPONSORED:
            entry = it.json("show", ref)
            it.ctl("assign", ref, "--owner", entry["owners"][0], "--sponsor", "Sybil Example")
        yield it


@pytest.fixture(scope="module")
def plan(site):
    listed = site.json("plan", "--from", FIRST, "--to", LAST, "--maildir",
                       site.folder / "planned")["notices"]
    assert all(n["held"] is None and n["channel"] == "mail" for n in listed)
    return [Notice(datetime.datetime.fromisoformat(n["at"]).astimezone(LONDON), n["to"],
                   n["kind"], tuple(e["ref"] for e in n["entries"]),
                   tuple(e["rule"] for e in n["entries"]), n["subject"], n.get("digest"))
            for n in listed]


@pytest.fixture(scope="module")
def entries():
    text = (REGISTER / "cleveland.csv").read_text(encoding="utf-8-sig")
    return {row["ref"]: row for row in csv.DictReader(io.StringIO(text))}


def day_of(row, column):
    return datetime.date.fromisoformat(row[column]) if row[column] else None


# ---- what is listed ----

def test_plan__has_every_kind(plan):
    kinds = collections.Counter(n.kind for n in plan)
    assert set(kinds) == {"nudge", "escalation", "digest", "secretary"}
    assert all(count > 20 for count in kinds.values())


def test_plan__one_nudge_per_person_and_day(plan):
    for kind in ("nudge", "escalation", "secretary"):
        days = collections.Counter((n.to, n.at.date()) for n in plan if n.kind == kind)
        assert max(days.values()) == 1


def test_plan__no_entry_twice_in_a_mail(plan):
    for n in plan:
        if n.kind != "secretary":
            assert len(set(n.refs)) == len(n.refs)


def test_plan__never_on_a_day_off_nor_out_of_hours(plan):
    for n in plan:
        assert is_working(n.at.date()), n
        assert "08:00" <= n.at.strftime("%H:%M") < "18:00", n


def test_plan__at_the_time_that_the_schedule_says(plan):
    for n in plan:
        assert n.at.strftime("%H:%M") == ("08:00" if n.kind == "digest" else "09:00"), n


def test_plan__only_within_the_span(plan):
    assert min(n.at for n in plan).date() >= datetime.date.fromisoformat(FIRST)
    assert max(n.at for n in plan).date() <= datetime.date.fromisoformat(LAST)


def test_plan__nothing_about_an_entry_before_its_windows_first_day(plan, entries):
    """But that it was assigned, and questions before a meeting."""
    windows = {ref: day_of(row, "earliest_on") for ref, row in entries.items()
               if row["earliest_on"]}
    assert windows
    for n in plan:
        for ref, rule in zip(n.refs, n.rules):
            if ref in windows and rule != "at assignment" and "meeting" not in rule:
                assert n.at.date() >= windows[ref], (n, ref, rule)


def test_plan__the_words_of_a_rule_give_its_day(plan, entries):
    """Every nudge before the due day stands on the day that its rule says."""
    seen = set()
    for n in plan:
        for ref, rule in zip(n.refs, n.rules):
            due = day_of(entries[ref], "due_on")
            if n.kind == "nudge" and rule == "on the day":
                assert n.at.date() == rolled(due, -1), (n, ref)
            elif n.kind == "nudge" and rule.endswith(" working days before"):
                assert n.at.date() == working_days_on(due, -int(rule.split()[0])), (n, ref)
            elif n.kind == "nudge" and rule.endswith(" days before"):
                wanted = due - datetime.timedelta(int(rule.split()[0]))
                assert n.at.date() == rolled(wanted, -1), (n, ref)
            else:
                continue
            seen.add(rule)
    assert seen == {"14 days before", "28 days before", "3 working days before",
                    "5 working days before", "on the day"}


def escalations(plan, rule, to):
    return {(ref, n.at.date()) for n in plan if n.kind == "escalation" and n.to == to
            for ref, r in zip(n.refs, n.rules) if r == rule}


def is_at_meeting(row):
    return "at the next" in row["due_phrase"] or "next meeting" in row["due_phrase"] \
        or "at the meeting" in row["due_phrase"]


def dated(entries, kinds, first_due):
    """Entries with a due day, and whether what comes after it waits for the
    outcome of a meeting."""
    for ref, row in entries.items():
        due = day_of(row, "due_on")
        if due and due >= first_due and row["kind"] in kinds:
            yield ref, due, is_at_meeting(row)


def expected_step(due, days, at_meeting):
    day = rolled(due + datetime.timedelta(days), 1)
    if at_meeting:
        day = max(day, rolled(working_days_on(due, 10) + datetime.timedelta(1), 1))
    return day


def test_plan__sponsors_hear_14_days_after(plan, entries):
    told = escalations(plan, "14 days after", SPONSOR)
    assert told == {
        (ref, expected_step(due, 14, at_meeting))
        for ref, due, at_meeting in dated(entries, ("action", "commitment"),
                                          datetime.date(2018, 9, 13)) if ref in SPONSORED}


def test_plan__who_has_no_sponsor_is_told_to_the_secretary(plan, entries):
    told = escalations(plan, "14 days after", SECRETARY)
    last = datetime.date.fromisoformat(LAST)
    assert told == {
        (ref, expected_step(due, 14, at_meeting))
        for ref, due, at_meeting in dated(entries, ("action", "commitment"),
                                          datetime.date(2018, 9, 1))
        if ref not in SPONSORED and expected_step(due, 14, at_meeting) <= last}


@pytest.mark.parametrize("series", sorted(CHAIRS))
def test_plan__chairs_hear_28_days_after_and_every_28_days(plan, entries, series):
    last = datetime.date.fromisoformat(LAST)
    wanted = set()
    for ref, due, at_meeting in dated(entries, ("action", "commitment"),
                                      datetime.date(2018, 9, 1)):
        if entries[ref]["series"] != series:
            continue
        day = 28
        while expected_step(due, day, at_meeting) <= last:
            wanted.add((ref, expected_step(due, day, at_meeting)))
            day += 28
    assert wanted
    assert escalations(plan, "28 days after", CHAIRS[series]) == wanted


def test_plan__the_chair_hears_of_inspections_before_and_after(plan, entries):
    for ref in ("CDI-1", "CDI-2"):
        due = day_of(entries[ref], "due_on")
        before = escalations(plan, "5 working days before", CHAIRS["SDP"])
        after = escalations(plan, "1 day after", CHAIRS["SDP"])
        assert (ref, working_days_on(due, -5)) in before
        assert (ref, rolled(due + datetime.timedelta(1), 1)) in after
    assert {ref for ref, _ in before} == {"CDI-1", "CDI-2"}


def test_plan__every_escalation_is_told_the_secretary_a_working_day_ahead(plan):
    ahead = {(ref, n.at.date()) for n in plan if n.kind == "secretary" and n.to == SECRETARY
             for ref, rule in zip(n.refs, n.rules) if rule.startswith("ahead of ")}
    sent = {(ref, working_days_on(n.at.date(), -1)) for n in plan if n.kind == "escalation"
            for ref in n.refs}
    assert sent <= ahead


def test_plan__owners_hear_of_an_overdue_entry_at_most_so_often(plan):
    """most = 8, for what repeats."""
    repeats = collections.Counter(
        (n.to, ref) for n in plan if n.kind == "nudge"
        for ref, rule in zip(n.refs, n.rules) if rule == "every 7 days after")
    assert max(repeats.values()) == 8


def test_plan__weekly_digests_on_mondays_or_the_next_working_day(plan):
    days = {to: [n.at.date() for n in plan if n.to == to and n.digest == "chair-weekly"]
            for to in CHAIRS.values()}
    monday = datetime.date(2018, 9, 17)
    wanted = []
    while rolled(monday, 1) <= datetime.date.fromisoformat(LAST):
        wanted.append(rolled(monday, 1))
        monday += datetime.timedelta(7)
    assert days[CHAIRS["SDP"]] == wanted
    assert days[CHAIRS["WT"]] == wanted


def test_plan__agenda_packs_eight_working_days_before_each_meeting(plan):
    text = (REGISTER / "meetings.csv").read_text(encoding="utf-8-sig")
    meetings = collections.defaultdict(list)
    for row in csv.DictReader(io.StringIO(text)):
        if row["held_on"]:
            meetings[row["series"]].append(datetime.date.fromisoformat(row["held_on"]))
    packs = [n for n in plan if n.digest == "agenda-pack"]
    for series, chair in CHAIRS.items():
        wanted = [day for day in (working_days_on(m, -8) for m in meetings[series])
                  if day >= datetime.date.fromisoformat(FIRST)]
        assert wanted
        assert [n.at.date() for n in packs if n.to == chair] == wanted
    both = {n.at.date() for n in packs if n.to in CHAIRS.values()}
    assert {n.at.date() for n in packs if n.to == SECRETARY} == both


def test_plan__a_series_without_chair_and_entries_gets_no_digest(plan):
    """The criminal justice partnership is known by its name only."""
    assert {n.to for n in plan if n.kind == "digest"} == {*CHAIRS.values(), SECRETARY}


def test_plan__written_as_mails_says_what_is_listed(site, plan):
    mails = read_maildir(site.folder / "planned")
    assert [(m.at, m.to, m.subject) for m in mails] == sorted(
        (n.at, n.to, n.subject) for n in plan)


def test_plan__leaves_the_register_alone(site, plan):
    assert site.notices() == []


# ---- and what is sent ----

def moments():
    """Every working day at the times of the schedules; every other one at
    noon, when nothing must go."""
    day = datetime.date.fromisoformat(FIRST)
    while day <= datetime.date.fromisoformat(LAST):
        for at in ("08:00", "09:00") if is_working(day) else ("12:00",):
            yield "%s %s" % (day, at)
        day += datetime.timedelta(1)


def test_daemon__over_the_same_span__sends_just_what_plan_listed(site, plan):
    site.start()
    try:
        for moment in moments():
            site.go(moment)
        assert site.stop() == 0
    finally:
        site.__exit__()
    sent = {m.message["Message-ID"]: m for m in site.mails()}
    planned = {m.message["Message-ID"]: m for m in read_maildir(site.folder / "planned")}
    assert len(sent) == len(plan)
    assert sorted((m.at, m.to, m.subject) for m in sent.values()) == sorted(
        (n.at, n.to, n.subject) for n in plan)
    for n in plan:
        mail = [m for m in sent.values() if (m.at, m.to, m.subject) == (n.at, n.to, n.subject)]
        assert any(all(m.has(ref) for ref in n.refs) for m in mail), n
    # Not only the same people, times and entries: the same mails.
    assert {i: m.raw for i, m in sent.items()} == {i: m.raw for i, m in planned.items()}
