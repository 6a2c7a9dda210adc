# SPDX-License-Identifier: ISC
"""Names that a word processor has respelt are the names that they were."""
import pytest

DAY = "2019-03-11"
SHAPES = ["\u2019", "\u2018", "\u02bc"]


@pytest.fixture
def board(desk):
    desk("organisation", "add", "King's Lynn Council")
    desk("person", "add", "Jane O'Connor", "--organisation", "King's Lynn Council", "--office", "Chair's Deputy",
         "--email", "jane@example.org", "--alias", "J O'C")
    desk("series", "add", "TB", "Trial Board")
    return desk


@pytest.mark.parametrize("shape", SHAPES)
def test_commands__apostrophe_of_another_shape__finds_the_same(board, shape):
    for name in ("Jane O'Connor", "J O'C", "O'Connor", "Chair's Deputy of King's Lynn Council"):
        board("add", "action", "go there", "--owner", name.replace("'", shape), now=DAY)
    owners = {o for e in board.json("list", now=DAY) for o in e["owners"]}
    assert owners == {"Jane O'Connor", "Chair's Deputy"}
    assert len(board.json("list", "--owner", "jane o%sconnor" % shape)) == 4


@pytest.mark.parametrize("shape", SHAPES)
def test_person_add__apostrophe_of_another_shape__is_there_already(board, shape):
    said = board.fails(4, "person", "add", "Jane O%sConnor" % shape, "--organisation", "King%ss Lynn Council" % shape)
    assert "there is already the person 'Jane O'Connor' in that organisation" in said
    said = board.fails(4, "organisation", "add", "King%ss Lynn Council" % shape)
    assert "there is already the organisation 'King's Lynn Council'" in said
    board("person", "set", "Jane O%sConnor" % shape, "--email", "new@example.org")
    board("person", "set", "Jane O'Connor", "--name", "Jane O%sConnor" % shape)
    assert [p["name"] for p in board.json("person", "list")] == ["Jane O%sConnor" % shape]


@pytest.mark.parametrize("shape", SHAPES)
def test_import__apostrophe_of_another_shape__is_the_same(board, shape):
    before = board("export", "parties")
    assert board.counts("parties", before.replace("'", shape)) == (0, 0, 3)
    assert board("export", "parties") == before
    text = "ref,text,owners\nA-1,go there,Jane O%sConnor\n" % shape
    assert board.counts("entries", text, now=DAY) == (1, 0, 0)
    assert board.json("show", "A-1")["owners"] == ["Jane O'Connor"]
    twice = "kind,name\nperson,Pat O'Neil\nperson,Pat O%sNeil\n" % shape
    said = board.fails(1, "import", "parties", board.file("twice.csv", twice))
    assert "stands in row 2 already" in said


PAPER = """Trial Board

Monday 4 March 2019

Present

Jane O%(one)sConnor - King%(one)ss Lynn Council (Chair)
Bob Brown - Exampleshire Police

1. Roads

Jane O%(two)sConnor described the state of the roads.

Action - Jane O%(two)sConnor to write to the ministry by 1 May 2019

Action - Bob Brown to book the hall by 1 May 2019
"""


@pytest.mark.parametrize("one, two", [("\u2019", "'"), ("'", "\u2019"), ("\u2018", "\u02bc")])
def test_minutes__apostrophes_of_two_shapes__are_one_person(board, one, two):
    path = board.file("minutes.txt", PAPER % {"one": one, "two": two})
    board("minutes", path, "--accept", "--series", "TB", now=DAY)
    assert sorted(p["name"] for p in board.json("person", "list")) == ["Bob Brown", "Jane O'Connor"]
    owners = sorted(o for e in board.json("list", now=DAY) for o in e["owners"])
    assert owners == ["Bob Brown", "Jane O'Connor"]
