# SPDX-License-Identifier: ISC
"""What is ready goes at once: nothing waits for a heartbeat that is far away."""
import pytest

from daemon import Site
from http_script import HttpPeer
from smtp_script import SmtpPeer

HEARTBEAT = "30 s"
SOON_S = 15  # far from the next beat, and long enough for a slow build


@pytest.fixture
def site(tmp_path):
    with Site(tmp_path, heartbeat=HEARTBEAT) as it:
        it.init()
        it.person("Ann Example", "ann@example.org")
        yield it


def mails(site):
    return list((site.folder / "mails" / "new").glob("*"))


def test_maildir__ready_at_the_start__goes_at_once(site):
    for text in ("Find the lost keys", "Count the chairs", "Paint the gate"):
        site.add(text, "Ann Example")
    site.start()
    site.wait_for(lambda: site.states() == ["sent"] * 3, SOON_S)
    assert len(mails(site)) == 3


def test_maildir__test_mail__goes_at_once(site):
    site.start()
    assert site.run("test-mail", "bob@example.org", timeout=SOON_S).returncode == 0
    assert len(mails(site)) == 1


def test_webhook__ready__goes_at_once(tmp_path):
    with HttpPeer() as peer, Site(tmp_path, heartbeat=HEARTBEAT, webhooks=[
            {"name": "sink", "url": peer.url, "allow_private": True}], schedules=[
            {"name": "all", "remind": ["at assignment"], "at": "00:00", "group": "none",
             "channels": ["sink"]}]) as site:
        site.init()
        site.person("Ann Example", "ann@example.org")
        site.start()
        site.add("Find the lost keys", "Ann Example")
        site.wait_for(lambda: peer.requests, SOON_S)
        assert site.run("test-webhook", "sink", timeout=SOON_S).returncode == 0
        assert len(peer.requests) == 2


def test_smtp__the_relay_closed_before_the_next_mail__it_goes_again_at_once(site):
    """The connection is closed at the next MAIL, which costs that mail nothing."""
    with SmtpPeer({"MAIL": [None, {"drop": True}]}) as peer:
        site.person("Bob Example", "bob@example.org")
        site.write(mail={**site.conf["mail"], "url": peer.url, "connections": 1})
        site.start()
        site.add("Find the lost keys", "Ann Example")
        site.wait_for(lambda: len(peer.mails) == 1, SOON_S)
        site.add("Count the chairs", "Bob Example")
        site.wait_for(lambda: len(peer.mails) == 2, SOON_S)
        assert peer.connections == 2
        assert {n["tries"] for n in site.notices()} == {1}
