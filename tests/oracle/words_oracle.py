#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""A second implementation of the deadline words and counting modes.

Usage: words_oracle.py [--cli PROGRAM] [--cases N] [--seed N] [-v]

It shares no code with the C one and reads no words: it draws a meaning at
random, reckons its days with Python's datetime and dateutil, writes it down in
one of the ways that people write it, and asks the C program (words_cli.c,
built by `make`) what the words mean.  Exit status 1 when they disagree.
"""
import argparse
import calendar
import os
import random
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

MONTHS = list(calendar.month_name)
DAYS = list(calendar.day_name)
SMALL = ('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen '
         'fifteen sixteen seventeen eighteen nineteen').split()
TENS = '_ _ twenty thirty forty fifty sixty seventy eighty ninety'.split()
ORDINALS = '_ first second third fourth fifth'.split()
LONDON = ZoneInfo('Europe/London')


def plus(day, n):
    return day + timedelta(days=n)


class World:
    """A calendar with holidays, meetings of three series, and a base."""

    def __init__(self, rnd):
        self.rnd = rnd
        year = rnd.randint(1990, 2080)
        self.start = date(year, 1, 1)
        self.holidays = set()
        for y in range(year - 1, year + 7):
            self.holidays |= {date(y, 12, 25), date(y, 12, 26), date(y, 1, 1),
                              plus(easter(y), -2), plus(easter(y), 1)}
            for _ in range(4):
                self.holidays.add(plus(date(y, 1, 1), rnd.randint(0, 364)))
        self.series = {}
        for code, title in (('SDR', 'Standards, Delivery & Resources'), ('FRP', 'Exampleshire Fire & Rescue Panel'),
                            ('AUDIT', '')):
            days = sorted({plus(self.start, rnd.randint(0, 1500)) for _ in range(rnd.randint(10, 30))})
            self.series[code] = (title, days)

    def works(self, day):
        return day.weekday() < 5 and day not in self.holidays

    def workdays(self, day, n):
        step = 1 if n > 0 else -1
        while n:
            day = plus(day, step)
            if self.works(day):
                n -= step
        return day

    def clear_before(self, day, n, counts=None):
        counts = counts or self.works
        left = n + 1
        while left:
            day = plus(day, -1)
            if counts(day):
                left -= 1
        return day

    def meeting(self, code, base, n=1):
        days = [d for d in self.series[code][1] if d > base]
        return days[n - 1] if len(days) >= n else None

    def lines(self):
        out = ['holiday\t%s\tholiday' % d for d in sorted(self.holidays)]
        for code, (title, days) in self.series.items():
            out.append('series\t%s\t%s\t%s' % (code, title, ','.join(map(str, days))))
        return out


# ---- spelling ----

def number(rnd, n):
    if n < 20 and rnd.random() < .5:
        return SMALL[n]
    if 20 <= n < 100 and rnd.random() < .5:
        return TENS[n // 10] + (rnd.choice('- ') + SMALL[n % 10] if n % 10 else '')
    if n < 30 and rnd.random() < .1:
        return '%d (%s)' % (n, SMALL[n] if n < 20 else TENS[2] + ('-' + SMALL[n % 10] if n % 10 else ''))
    return str(n)


def suffix(n):
    return 'th' if 10 <= n % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')


def month_text(rnd, m):
    short = MONTHS[m][:3]
    if m == 9 and rnd.random() < .3:
        short = 'Sept'
    return rnd.choice([MONTHS[m], MONTHS[m], short])


def weekday_text(rnd, w):
    return rnd.choice([DAYS[w], DAYS[w], DAYS[w][:3], {1: 'Tues', 2: 'Weds', 3: 'Thurs'}.get(w, DAYS[w])])


def date_text(rnd, d, year=True):
    m = month_text(rnd, d.month)
    nth = '%d%s' % (d.day, suffix(d.day))
    the = rnd.choice(['', '', 'the '])
    week = rnd.choice(['', '', weekday_text(rnd, d.weekday()) + rnd.choice([' ', ', '])])
    if not year:
        return rnd.choice([week + the + nth + ' ' + m, week + '%d %s' % (d.day, m), the + nth + ' of ' + m,
                           m + ' ' + nth, '%d/%d' % (d.day, d.month)])
    yy = '%02d' % (d.year % 100)
    forms = [week + the + '%s %s %d' % (nth, m, d.year), week + '%d %s %d' % (d.day, m, d.year),
             '%s %s, %d' % (m, nth, d.year), str(d), '%02d/%02d/%d' % (d.day, d.month, d.year),
             '%d.%d.%d' % (d.day, d.month, d.year), '%d-%02d-%d' % (d.day, d.month, d.year),
             the + '%s of %s %d' % (nth, m, d.year)]
    if 1970 <= d.year < 2070:
        forms += ['%d/%d/%s' % (d.day, d.month, yy), '%d.%d.%s' % (d.day, d.month, yy),
                  '%d %s %s' % (d.day, m, yy), "%s %s '%s" % (nth, m, yy)]
    return rnd.choice(forms)


# ---- meanings: each gives (text, earliest or None, due or None) ----
# ANY as earliest: not compared.

ANY = 'any'
BY = ['by ', 'by ', 'on or before ', 'no later than ', 'not later than ', 'due by ', 'By ']
BEFORE = ['before ', 'prior to ', 'ahead of ', 'in advance of ']


def a_date(w, rnd, base):
    d = plus(base, rnd.randint(-400, 1200))
    t = date_text(rnd, d)
    how = rnd.randint(0, 4)
    if how == 0:
        return rnd.choice(BEFORE) + t, None, w.workdays(d, -1)
    if how == 1:
        return rnd.choice(['after ', 'not before ', 'no earlier than ', 'from ']) + t, ANY, None
    if how == 2:
        return rnd.choice(['until ', 'up to ', 'till ']) + t, None, d
    if how == 3:
        return rnd.choice(BY) + rnd.choice(['', '', '5pm on ', 'noon on ', '10.30am on ']) + t, None, d
    return rnd.choice(['', 'on ', 'target date: ', 'to be done on ', 'for ']) + t, None, d


def a_date_without_year(w, rnd, base):
    while True:
        d = plus(base, rnd.randint(0, 364))
        if (d.month, d.day) != (2, 29) and d < base.replace(day=1) + relativedelta(years=1):
            break
    if d.year != base.year and (d.month, d.day) >= (base.month, base.day):
        d = base
    return rnd.choice(['by ', 'on ', 'no later than ', '']) + date_text(rnd, d, year=False), None, d


def unit(rnd):
    return rnd.choice(['day', 'working day', 'week', 'fortnight', 'month', 'year', 'quarter'])


def add(w, day, u, n):
    if u == 'working day':
        return w.workdays(day, n)
    if u in ('day', 'week', 'fortnight'):
        return plus(day, n * {'day': 1, 'week': 7, 'fortnight': 14}[u])
    return day + relativedelta(months=n * {'month': 1, 'quarter': 3, 'year': 12}[u])


def unit_text(rnd, u, n):
    short = {'week': ['wk'], 'month': ['mth'], 'year': ['yr'], 'working day': ['business day'],
             'day': ['calendar day']}.get(u, [])
    u = rnd.choice([u, u, u] + short)
    return u if n == 1 else u + 's'


def a_length(w, rnd, base):
    u, n = unit(rnd), rnd.randint(1, 60)
    if u == 'year':
        n = rnd.randint(1, 5)
    many = number(rnd, n)
    if n == 1 and rnd.random() < .5:
        many = 'a'
    if n == 2 and rnd.random() < .3:
        many = 'a couple of'
    t = many + ' ' + unit_text(rnd, u, n)
    how = rnd.randint(0, 5)
    if how == 0 and u != 'working day':
        return 'in %s%s time' % (t, "'s" if n == 1 else "'"), None, add(w, base, u, n)
    if how == 1:
        d = plus(base, rnd.randint(0, 700))
        return t + rnd.choice([' after ', ' from ', ' following ']) + date_text(rnd, d), None, add(w, d, u, n)
    if how == 2:
        d = plus(base, rnd.randint(100, 700))
        lead = rnd.choice(['', 'at least ', 'a minimum of ', 'no less than '])
        return lead + t + rnd.choice([' before ', ' prior to ', ' ahead of ']) + date_text(rnd, d), None, add(w, d, u, -n)
    if how == 3:
        return rnd.choice(['within ', 'not later than ']) + t + rnd.choice(
            [' of receipt', ' of publication', ' of the meeting', ' from receipt', ' following publication']), \
            None, add(w, base, u, n)
    if how == 4 and u in ('day', 'week', 'fortnight'):
        return '%s beginning with the day of publication' % t, None, plus(add(w, base, u, n), -1)
    lead = rnd.choice(['within ', 'in ', 'within the next ', 'over the next ', 'in the next ', '', 'up to ',
                       'no more than ', 'less than '])
    return lead + t, None, add(w, base, u, n)


def a_length_range(w, rnd, base):
    u, low = unit(rnd), rnd.randint(1, 12)
    high = low + rnd.randint(1, 10)
    joint = rnd.choice([' to ', ' or ', '-', ' - '])
    lead = rnd.choice(['within ', 'in ', 'within the next ', ''])
    if rnd.random() < .2:
        lead, joint = 'between ', ' and '
    return '%s%s%s%s %s' % (lead, number(rnd, low), joint, number(rnd, high), unit_text(rnd, u, high)), \
        add(w, base, u, low), add(w, base, u, high)


def last_of(y, m):
    return date(y, m, calendar.monthrange(y, m)[1])


def a_month(w, rnd, base):
    m = rnd.randint(1, 12)
    year = rnd.random() < .5
    y = base.year + rnd.randint(1, 3) if year else base.year
    part = rnd.choice(['', 'early ', 'mid-', 'mid ', 'late ', 'the end of ', 'end of ', 'end ', 'the beginning of ',
                       'the first half of ', 'the second half of '])

    def window(y):
        first, last = date(y, m, 1), last_of(y, m)
        if part == 'early ' or part == 'the beginning of ':
            last = date(y, m, 10)
        elif part.startswith('mid'):
            first, last = date(y, m, 11), date(y, m, 20)
        elif part == 'late ':
            first = date(y, m, 21)
        elif 'end' in part:
            first = last
        elif part == 'the first half of ':
            last = date(y, m, 15)
        elif part == 'the second half of ':
            first = date(y, m, 16)
        return first, last

    if not year:
        while True:
            first, last = window(y)
            loose = part not in ('', 'the end of ', 'end of ', 'end ')
            if last >= plus(base, -14 if loose else 0):
                break
            y += 1
        # The window just past in the year before is nearer still.
        before = window(y - 1)[1]
        if loose and before >= plus(base, -14):
            y -= 1
    first, last = window(y)
    text = part + month_text(rnd, m) + (' %d' % y if year else '')
    lead = rnd.choice(['by ', 'in ', 'during '] if part != 'the beginning of ' else ['in ', 'at '])
    if lead == 'during ' and 'end' in part:
        lead = 'by '
    if first < base <= last:
        first = base
    return lead + text, None if first == last else first, last


def running(w, rnd, base):
    u, k = rnd.choice(['week', 'month', 'quarter', 'year']), rnd.randint(0, 1)
    if u == 'week':
        monday = plus(base, -base.weekday())
        if k == 0 and base.weekday() > 4:
            monday = plus(monday, 7)
        first = plus(monday, 7 * k)
        last = plus(first, 4)
    elif u == 'month':
        first = base.replace(day=1) + relativedelta(months=k)
        last = last_of(first.year, first.month)
    elif u == 'quarter':
        first = base.replace(month=(base.month - 1) // 3 * 3 + 1, day=1) + relativedelta(months=3 * k)
        last = plus(first + relativedelta(months=3), -1)
    else:
        first, last = date(base.year + k, 1, 1), date(base.year + k, 12, 31)
    which = ['this', 'next'][k]
    how = rnd.randint(0, 1)
    if how == 0:
        if k == 0:
            which = rnd.choice(['this', 'the'])
        return rnd.choice(['by the end of ', 'before the end of ', 'end of ']) + which + ' ' + u, None, last
    if first < base <= last:
        first = base
    return rnd.choice(['', 'during ']) + which + ' ' + u, None if first == last else first, last


def a_weekday(w, rnd, base):
    d = rnd.randint(0, 6)
    coming = plus(base, (d - base.weekday()) % 7 or 7)
    t = weekday_text(rnd, d)
    monday = plus(base, -base.weekday())
    how = rnd.randint(0, 6)
    if how == 0:
        same = coming <= plus(monday, 6)
        return rnd.choice(['by ', '', 'on ']) + 'next ' + t, coming if same else None, plus(coming, 7) if same else coming
    if how == 1:
        return rnd.choice(['by ', 'on ']) + t + ' week', None, plus(coming, 7)
    if how == 2:
        return 'a week on ' + t, None, plus(coming, 7)
    if how == 3:
        return t + rnd.choice([' ', ' of ']) + 'next week', None, plus(monday, 7 + d)
    if how == 4:
        return rnd.choice(['cop ', 'COB ', 'by close of business on ', 'by close of play ']) + t, None, coming
    if how == 5:
        return 'every ' + t, None, coming
    return rnd.choice(['by ', 'on ', 'this ', '']) + t, None, coming


def nth_weekday(y, m, d, n):
    days = [x for x in range(1, calendar.monthrange(y, m)[1] + 1) if date(y, m, x).weekday() == d]
    return date(y, m, days[n if n < 0 else n - 1])


def an_nth_weekday(w, rnd, base):
    n, d, m = rnd.choice([1, 2, 3, 4, -1]), rnd.randint(0, 6), rnd.randint(1, 12)
    y = base.year + rnd.randint(1, 3)
    name = 'last' if n < 0 else rnd.choice([ORDINALS[n], '%d%s' % (n, suffix(n))])
    if rnd.random() < .3:
        day, month = None, base.replace(day=1)
        while day is None or day <= base:
            day = nth_weekday(month.year, month.month, d, n)
            month += relativedelta(months=1)
        return 'the %s %s of %s month' % (name, DAYS[d], rnd.choice(['every', 'each'])), None, day
    return '%sthe %s %s %s %s %d' % (rnd.choice(['by ', 'on ']), name, DAYS[d], rnd.choice(['in', 'of']),
                                     month_text(rnd, m), y), None, nth_weekday(y, m, d, n)


def a_year(w, rnd, base):
    y = base.year + rnd.randint(1, 4)
    slash = '%d/%02d' % (y, (y + 1) % 100)
    how = rnd.randint(0, 5)
    if how == 0:
        return rnd.choice(['in ', 'during ', 'for ']) + rnd.choice(['FY ', '']) + slash, date(y, 4, 1), date(y + 1, 3, 31)
    if how == 1:
        q = rnd.randint(1, 4)
        first = date(y, 4, 1) + relativedelta(months=3 * (q - 1))
        return rnd.choice(['in ', 'by ', '']) + 'Q%d %s' % (q, slash.replace('/', rnd.choice('/-'))), first, \
            plus(first + relativedelta(months=3), -1)
    if how == 2:
        fy = base.year if base >= date(base.year, 4, 1) else base.year - 1
        k = rnd.randint(0, 1)
        return 'by the end of %s financial year' % (['this', 'next'][k]), None, date(fy + 1 + k, 3, 31)
    if how == 3:
        half = rnd.randint(1, 2)
        return 'in the %s half of %d' % (ORDINALS[half], y), date(y, 1 if half == 1 else 7, 1), \
            date(y, 6, 30) if half == 1 else date(y, 12, 31)
    if how == 4:
        return rnd.choice(['by the end of ', 'end of ', 'before the end of ']) + str(y), None, date(y, 12, 31)
    s = rnd.randint(0, 3)
    first = date(y, 3, 1) + relativedelta(months=3 * s)
    return rnd.choice(['in ', 'by ', '']) + rnd.choice(['spring', 'Spring'] if s == 0 else
                                                       [['summer'], ['autumn'], ['winter']][s - 1]) + ' %d' % y, first, \
        plus(first + relativedelta(months=3), -1)


def a_holiday(w, rnd, base):
    y = base.year
    if rnd.random() < .5:
        while date(y, 12, 26) < base:
            y += 1
        day, name = date(y, 12, 25), rnd.choice(['Christmas', 'Xmas'])
    else:
        while plus(easter(y), 1) < base:
            y += 1
        day, name = plus(easter(y), -2), 'Easter'
    if rnd.random() < .4:
        y = base.year + rnd.randint(1, 3)
        day = date(y, 12, 25) if name != 'Easter' else plus(easter(y), -2)
        name += ' %d' % y
    return rnd.choice(BEFORE + ['by ']) + name, None, w.workdays(day, -1)


def a_meeting(w, rnd, base):
    code = rnd.choice(['SDR', 'FRP', 'AUDIT'])
    name = {'SDR': rnd.choice(['the Standards, Delivery and Resources', 'SDR']),
            'FRP': rnd.choice(['the Fire and Rescue Panel', 'FRP', 'the Fire & Rescue Panel']),
            'AUDIT': 'the Audit Committee'}[code]
    bare = name[4:] if name.startswith('the ') else name
    own = rnd.random() < .4
    if own:
        code = 'SDR'
    day = w.meeting(code, base)
    if day is None:
        return None
    which = 'the next meeting' if own else rnd.choice(['the next %s meeting' % bare, 'the next meeting of %s' % name])
    how = rnd.randint(0, 6)
    if how == 0:
        n, u = rnd.randint(1, 9), rnd.choice(['day', 'working day', 'week'])
        return '%s %s before %s' % (number(rnd, n), unit_text(rnd, u, n), which), None, add(w, day, u, -n)
    if how == 1:
        return rnd.choice(BEFORE) + which, None, w.workdays(day, -1)
    if how == 2 and own:
        return rnd.choice(['for the next agenda', 'with the papers for the next meeting',
                           'on the agenda for the next meeting']), None, w.clear_before(day, 5)
    if how == 3 and own:
        second = w.meeting(code, base, 2)
        return (rnd.choice(['at the next but one meeting', 'at the meeting after next']), None, second) if second else None
    if how == 4:
        n = rnd.randint(1, 9)
        return '%s clear working days before %s' % (number(rnd, n), which), None, w.clear_before(day, n)
    if how == 5 and own:
        inside = [d for d in w.series[code][1] if base < d and (d.year, d.month) == (day.year, day.month)]
        if (day.year, day.month) == (base.year, base.month) and not inside:
            return None
        return 'at the %s %d meeting' % (MONTHS[day.month], day.year), None, \
            [d for d in w.series[code][1] if (d.year, d.month) == (day.year, day.month)][0]
    return rnd.choice(['at ', 'by ', 'to ', 'deferred to ', 'at ']) + which, None, day


def a_recurrence(w, rnd, base):
    u = rnd.choice(['week', 'fortnight', 'month', 'quarter', 'year'])
    if rnd.random() < .4:
        word = {'week': 'weekly', 'fortnight': 'fortnightly', 'month': 'monthly', 'quarter': 'quarterly',
                'year': 'annually'}[u]
        return rnd.choice(['', 'review ']) + rnd.choice([word, word.capitalize()]), None, add(w, base, u, 1)
    n = rnd.randint(1, 6)
    if n == 1:
        return rnd.choice(['every ', 'each ']) + u, None, add(w, base, u, 1)
    if n == 2 and rnd.random() < .3:
        return 'every other ' + u, None, add(w, base, u, 2)
    return 'every %s %s' % (number(rnd, n), unit_text(rnd, u, n)), None, add(w, base, u, n)


def a_range(w, rnd, base):
    a = plus(base, rnd.randint(1, 500))
    b = plus(a, rnd.randint(1, 120))
    if rnd.random() < .4 and a.day < 25:
        b = a.replace(day=rnd.randint(a.day + 1, 28))
        joint = rnd.choice(['-', ' to ', ' - ', '/'])
        text = '%d%s%s%d%s %s %d' % (a.day, '', joint, b.day, '', month_text(rnd, b.month), b.year)
        if joint == '/':
            text = '%d%s/%d%s %s %d' % (a.day, suffix(a.day), b.day, suffix(b.day), month_text(rnd, b.month), b.year)
        return rnd.choice(['', 'on ']) + text, a, b
    ta, tb = ('%d %s %d' % (d.day, month_text(rnd, d.month), d.year) for d in (a, b))
    if a.year == b.year and rnd.random() < .5:
        ta = ta[:-5]
    return rnd.choice(['from %s to %s', 'between %s and %s', '%s - %s', '%s to %s']) % (ta, tb), a, b


def a_week_of(w, rnd, base):
    d = plus(base, rnd.randint(8, 600))
    monday = plus(d, -d.weekday())
    if rnd.random() < .3:
        return rnd.choice(['week ending ', 'w/e ']) + date_text(rnd, d), ANY, d
    return rnd.choice(['week commencing ', 'w/c ', 'the week beginning ', 'in the week of ']) + date_text(rnd, monday), \
        monday, plus(monday, 4)


def a_week_of_month(w, rnd, base):
    y, m, n = base.year + rnd.randint(1, 3), rnd.randint(1, 12), rnd.randint(1, 4)
    first = date(y, m, 1)
    while first.weekday() > 4:
        first = plus(first, 1)
    monday = plus(first, -first.weekday() + 7 * (n - 1))
    return rnd.choice(['in ', 'by ']) + 'the %s week %s %s %d' % (ORDINALS[n], rnd.choice(['of', 'in']), MONTHS[m], y), \
        None if first == plus(monday, 4) and n == 1 else max(monday, date(y, m, 1)), plus(monday, 4)


def a_monthday(w, rnd, base):
    d = rnd.randint(1, 28)
    if rnd.random() < .5:
        first = base.replace(day=1) + relativedelta(months=1)
        return 'by the %d%s of next month' % (d, suffix(d)), None, first.replace(day=d)
    day = base.replace(day=d) if base.day <= d else base.replace(day=1) + relativedelta(months=1, days=d - 1)
    return rnd.choice(['by the ', 'on the ']) + '%d%s' % (d, suffix(d)), None, day


def nothing(w, rnd, base):
    return rnd.choice(['in due course', 'asap', 'as soon as possible', 'ongoing', 'TBC', 'when available', 'once approved',
                       'subject to funding', 'as appropriate', 'pending permissions', 'two weeks ago', 'last month',
                       'following the last meeting', 'at a future meeting', 'over the last six months', '',
                       'until further notice', 'shortly', 'on receipt of the report']), ANY, None


MEANINGS = [a_date, a_date, a_date_without_year, a_length, a_length, a_length_range, a_month, a_month, running, a_weekday,
            an_nth_weekday, a_year, a_holiday, a_meeting, a_meeting, a_recurrence, a_range, a_week_of, a_week_of_month,
            a_monthday, nothing]


# ---- clocks ----

def counts_s243(w, day):
    e = easter(day.year)
    if day.weekday() == 6 or day in w.holidays or plus(e, -3) <= day <= plus(e, 2):
        return False
    xmas = date(day.year, 12, 25)
    first = plus(xmas, -2 if plus(xmas, -1).weekday() == 6 else -1)
    last = plus(xmas, 1)
    while last.weekday() == 6 or last in w.holidays:
        last = plus(last, 1)
    return not first <= day <= last


def a_clock(w, rnd, base):
    mode = rnd.choice(['after', 'beginning_with', 'working_days', 'working_days_beginning', 'months', 'months_beginning',
                       'clear_days_before', 'clear_days_s243', 'fixed_annual', 'hours'])
    n, paused, minute, due_minute = rnd.randint(1, 60), rnd.choice([0, 0, rnd.randint(1, 20)]), -1, -1
    month, day, roll = rnd.randint(1, 12), rnd.randint(1, 28), rnd.choice(['none', 'forward', 'back'])
    if mode in ('clear_days_before', 'clear_days_s243', 'fixed_annual'):
        paused = 0
    if mode == 'after':
        due = plus(base, n + paused)
    elif mode == 'beginning_with':
        due = plus(base, n - 1 + paused)
    elif mode == 'working_days':
        due = w.workdays(base, n + paused)
    elif mode == 'working_days_beginning':
        due = w.workdays(plus(base, -1), n + paused)
    elif mode.startswith('months'):
        due = base + relativedelta(months=n)
        if mode == 'months_beginning' and due.day == base.day:
            due = plus(due, -1)
        due = plus(due, paused)
    elif mode == 'clear_days_before':
        due = w.clear_before(base, n)
    elif mode == 'clear_days_s243':
        due = w.clear_before(base, n, lambda d: counts_s243(w, d))
    elif mode == 'fixed_annual':
        due = date(base.year, month, day)
        if due < base:
            due = date(base.year + 1, month, day)
    else:
        minute, roll = rnd.randint(180, 1439), 'none'
        start = datetime(base.year, base.month, base.day, minute // 60, minute % 60, tzinfo=LONDON)
        end = (start.astimezone(timezone.utc) + timedelta(hours=n + 24 * paused)).astimezone(LONDON)
        due, due_minute = end.date(), end.hour * 60 + end.minute
    while roll != 'none' and not w.works(due):
        due = plus(due, 1 if roll == 'forward' else -1)
    line = 'clock\t%s\t%d\t%d\t%d\t%s\t%s\t%d\t%d' % (mode, n, month, day, roll, base, minute, paused)
    return line, '%s\t%d' % (due, due_minute)


def zone_line():
    changes = []
    at = datetime(1989, 1, 1, tzinfo=timezone.utc)
    offset = 0
    while at.year < 2090:
        now = int(at.astimezone(LONDON).utcoffset().total_seconds())
        if now != offset:
            hour = at - timedelta(days=1)
            while int(hour.astimezone(LONDON).utcoffset().total_seconds()) == offset:
                hour += timedelta(hours=1)
            changes.append('%d:%d' % (hour.timestamp(), now))
            offset = now
        at += timedelta(days=1)
    return 'zone\t0\t' + ','.join(changes)


# ---- comparing ----

def draw(w, rnd):
    """One case: the line to ask, what to expect, and how to compare."""
    base = plus(w.start, rnd.randint(0, 900))
    if rnd.random() < .1:
        line, want = a_clock(w, rnd, base)
        return line, (want,), lambda got: ('\t'.join(got.split('\t')[:2]),)
    while True:
        meaning = rnd.choice(MEANINGS)
        case = meaning(w, rnd, base)
        if case is not None:
            break
    text, earliest, due = case
    if earliest is ANY:
        return 'words\t%s\t\tSDR\t%s' % (base, text), (str(due or ''),), lambda got: (got.split('\t')[0],)
    return 'words\t%s\t\tSDR\t%s' % (base, text), (str(due or ''), str(earliest or '')), \
        lambda got: tuple(got.split('\t')[:2])


def compare(cli, cases, seed, verbose):
    rnd = random.Random(seed)
    wrong = done = 0
    zone = zone_line()
    while done < cases:
        w = World(rnd)
        batch = [draw(w, rnd) for _ in range(min(2000, cases - done))]
        text = '\n'.join(w.lines() + [zone] + [b[0] for b in batch]) + '\n'
        run = subprocess.run([cli], input=text, capture_output=True, text=True, check=True)
        answers = run.stdout.split('\n')
        for (line, want, pick), got in zip(batch, answers):
            if pick(got) != want:
                wrong += 1
                if verbose or wrong <= 20:
                    print('%r\n   want %s\n   got  %s' % (line, want, got))
        done += len(batch)
    return wrong


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    build = os.environ.get('NUDGED_BUILD', os.path.join(here, '..', '..', 'build'))
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument('--cli', default=os.path.join(build, 'tests', 'words_cli'))
    args.add_argument('--cases', type=int, default=100000)
    args.add_argument('--seed', type=int, default=1)
    args.add_argument('-v', action='store_true')
    a = args.parse_args()
    wrong = compare(a.cli, a.cases, a.seed, a.v)
    print('%d cases, %d differ' % (a.cases, wrong))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
