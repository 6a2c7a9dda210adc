# SPDX-License-Identifier: ISC
"""A paper becomes entries: once, again, next month, by way of a table."""
import csv
import io

import pytest

NOW = "2026-09-14"

PAPER = """Working Together Meeting

Thursday 10 September 2026

Present

Margaret Okafor – Commissioner (Chair)
Alan Birch – Exampleshire Police
Helen Marsh – Northvale Council

1. Superintendent Alan Birch gave an update on the leaflet for residents.

Action – AB to share the leaflet with partners within three weeks

2. Helen Marsh described the difficulties of sharing case data.

Action – HM to draft an agreement for the next meeting

3. The winter campaign was discussed.

Action – a list of priorities to be drawn up in due course

Date of next meeting – 5 November 2026
"""


@pytest.fixture
def paper(desk):
    return desk.file("minutes.txt", PAPER)


# ---- the command line ----

@pytest.mark.parametrize("line, says", [
    (["--accept"], "which paper?"),
    (["--accept", "--series", "WT"], "which paper?"),
    ([], "which paper?"),
    (["FILE", "--accept", "--draft", "OUT"], "give one of them"),
    (["FILE", "--accept", "--bogus"], "no option --bogus"),
    (["FILE", "--accept", "-x"], "no option -x"),
    (["FILE", "--accept", "--held-on", "nonsense"], "nonsense"),
    (["FILE", "--accept", "--on", "2030-01-01"], "a day to come"),
    (["FILE", "--accept", "--series"], "--series needs a value"),
])
def test_minutes__line_is_wrong__usage_and_nothing_done(desk, paper, line, says):
    out = desk.folder / "out.csv"
    line = [{"FILE": paper, "OUT": out}.get(word, word) for word in line]
    said = desk.fails(2, "minutes", *line, now=NOW)
    assert says in said
    assert "usage: nudgectl minutes FILE…" in said
    assert not out.exists()
    assert desk.json("list") == []


def test_minutes__accept_from_standard_input__is_taken_in(desk):
    desk("minutes", "-", "--accept", "--series", "WT", now=NOW, text=PAPER)
    assert [e["ref"] for e in desk.json("list")] == ["WT-1", "WT-2", "WT-3"]


def test_minutes__draft_to_standard_output__is_the_table_alone(desk, paper):
    rows = list(csv.DictReader(io.StringIO(desk("minutes", paper, "--draft", "-", now=NOW))))
    assert [row["due_on"] for row in rows] == ["2026-10-01", "2026-11-05", ""]
