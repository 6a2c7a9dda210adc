# SPDX-License-Identifier: ISC
"""Clocks that change, jump and stand still."""
import datetime

import pytest

from clocked import ClockedSite, local, needs_faketime
from daemon import ALWAYS

pytestmark = needs_faketime

UTC = datetime.timezone.utc
UK = {"working_days": ["mon", "tue", "wed", "thu", "fri"],
      "sending_hours": "08:00-18:00", "holidays": ["england-and-wales"]}


def daily(at, **more):
    return [{"name": "all", "remind": ["every 1 days after"], "at": at, **more}]


def overdue_entry(site, known, due, text="Mend the roof"):
    """An action of Ann's, known some days before it falls due."""
    site.at(known)
    site.init()
    site.person("Ann Example", "ann@example.org")
    site.ctl("add", "action", text, "--owner", "Ann Example", "--due", due)


def walk(site, first, last, minutes):
    """Through local days, in steps of so many real minutes."""
    moment = local(first).astimezone(UTC)
    while moment <= local(last).astimezone(UTC):
        site.go(moment)
        moment += datetime.timedelta(minutes=minutes)


@pytest.mark.parametrize("sunday", ["2019-03-31", "2019-10-27", "2026-03-29", "2026-10-25"])
def test_daily_rule_at_nine__over_the_change__once_a_day_at_nine(tmp_path, sunday):
    day = datetime.date.fromisoformat(sunday)
    days = [str(day + datetime.timedelta(n)) for n in range(-2, 3)]
    with ClockedSite(tmp_path, calendar=ALWAYS, schedules=daily("09:00")) as site:
        overdue_entry(site, "%s 07:00" % (day - datetime.timedelta(9)),
                      str(day - datetime.timedelta(3)))
        site.start()
        walk(site, days[0] + " 00:00", days[-1] + " 12:00", 60)
        assert site.told() == [(d + " 09:00", "ann@example.org") for d in days]
        offsets = [m.at.utcoffset() // datetime.timedelta(hours=1) for m in site.mails()]
        assert sorted(set(offsets)) == [0, 1]


@pytest.mark.parametrize("sunday,moment", [
    # In March 01:30 does not exist: with the offset before the gap it is 02:30.
    ("2019-03-31", "2019-03-31 01:30"), ("2026-03-29", "2026-03-29 01:30"),
    # In October it comes twice: the first one.
    ("2019-10-27", "2019-10-27 00:30"), ("2026-10-25", "2026-10-25 00:30"),
])
def test_daily_rule_at_half_past_one__over_the_change__once(tmp_path, sunday, moment):
    day = datetime.date.fromisoformat(sunday)
    days = [str(day + datetime.timedelta(n)) for n in range(-1, 2)]
    with ClockedSite(tmp_path, calendar=ALWAYS, schedules=daily("01:30")) as site:
        overdue_entry(site, "%s 07:00" % (day - datetime.timedelta(9)),
                      str(day - datetime.timedelta(2)))
        site.start()
        walk(site, days[0] + " 00:00", days[-1] + " 05:00", 15)
        assert [str(m.on) for m in site.mails()] == days
        middle = site.mails()[1].at.astimezone(UTC)
        assert middle == datetime.datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_clock_back_an_hour__nothing_twice(tmp_path):
    with ClockedSite(tmp_path, calendar=UK, schedules=daily("09:00")) as site:
        overdue_entry(site, "2019-06-03 10:00", "2019-06-10")
        site.start()
        site.go("2019-06-11 09:20")
        assert site.told() == [("2019-06-11 09:20", "ann@example.org")]
        walk(site, "2019-06-11 08:20", "2019-06-11 11:00", 10)
        assert len(site.mails()) == 1
        site.stop()
        site.at("2019-06-11 08:30")
        site.start()
        site.go("2019-06-11 09:00")
        assert len(site.mails()) == 1
        site.go("2019-06-12 09:00")
        assert len(site.mails()) == 2


def test_clock_back_a_day__nothing_twice_and_goes_on(tmp_path):
    with ClockedSite(tmp_path, calendar=UK, schedules=daily("09:00")) as site:
        overdue_entry(site, "2019-06-03 10:00", "2019-06-10")
        site.start()
        site.go("2019-06-11 09:00")
        site.go("2019-06-12 09:00")
        assert len(site.mails()) == 2
        site.go("2019-06-11 09:00")
        site.go("2019-06-12 09:00")
        assert len(site.mails()) == 2
        site.go("2019-06-13 09:00")
        assert len(site.mails()) == 3


def test_clock_forward_a_day__one_catch_up_and_nothing_twice(tmp_path):
    with ClockedSite(tmp_path, calendar=UK, schedules=daily("09:00")) as site:
        overdue_entry(site, "2019-06-03 10:00", "2019-06-10")
        site.start()
        site.go("2019-06-11 09:00")
        # Wednesday is jumped over, from before nine to Thursday.
        site.go("2019-06-12 08:50")
        site.go("2019-06-13 08:50")
        site.go("2019-06-13 09:00")
        site.go("2019-06-13 10:00")
        assert site.told() == [("2019-06-11 09:00", "ann@example.org"),
                               ("2019-06-13 09:00", "ann@example.org")]
        # And back where it belongs: Wednesday's is not wanted any more.
        site.go("2019-06-12 10:00")
        site.go("2019-06-13 11:00")
        assert len(site.mails()) == 2


def test_stopped_over_a_bank_holiday_weekend__one_catch_up_per_entry(tmp_path):
    """The spring bank holiday of 2019 is Monday 27 May."""
    with ClockedSite(tmp_path, calendar=UK, schedules=[
            {"name": "all", "remind": ["3 days before", "on the day", "every 1 days after"],
             "at": "09:00"}]) as site:
        overdue_entry(site, "2019-05-13 10:00", "2019-05-22", "Mend the roof")
        site.ctl("add", "action", "Paint the door", "--owner", "Ann Example",
                 "--due", "2019-05-25")
        site.ctl("add", "action", "Sweep the yard", "--owner", "Ann Example",
                 "--due", "2019-05-28")
        site.start()
        for day in (21, 22, 23):
            site.go("2019-05-%d 09:00" % day)
        before = len(site.mails())
        site.stop()
        # Off from Friday before nine until Tuesday after nine.
        site.at("2019-05-28 09:30")
        site.start()
        mails = site.mails()[before:]
        assert len(mails) == 1
        mail = mails[0]
        assert mail.at == local("2019-05-28 09:30")
        for text in ("Mend the roof", "Paint the door", "Sweep the yard"):
            assert mail.text.count(text) == 1
        for minute in ("10:00", "17:59"):
            site.go("2019-05-28 " + minute)
        assert len(site.mails()) == before + 1
        site.go("2019-05-29 09:00")
        assert len(site.mails()) == before + 2


def test_running_over_a_bank_holiday_weekend__sends_nothing_on_it(tmp_path):
    with ClockedSite(tmp_path, calendar=UK, schedules=daily("09:00")) as site:
        overdue_entry(site, "2019-05-13 10:00", "2019-05-22")
        site.start()
        walk(site, "2019-05-23 00:00", "2019-05-29 12:00", 60)
        assert [str(m.on) for m in site.mails()] == [
            "2019-05-23", "2019-05-24", "2019-05-28", "2019-05-29"]
