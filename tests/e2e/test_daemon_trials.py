# SPDX-License-Identifier: ISC
"""test-mail and test-webhook: one message past the ledger, and what came of it."""
import threading

import pytest

from daemon import Site
from http_script import HttpPeer
from smtp_script import SmtpPeer


@pytest.fixture
def site(tmp_path):
    with Site(tmp_path) as it:
        it.init(release=False)
        yield it


def try_meanwhile(site, peer):
    """A test mail that has got as far as the relay; what came of it is put into the
    list once the thread ends."""
    said = []
    thread = threading.Thread(
        target=lambda: said.append(site.run("test-mail", "bob@example.org")))
    thread.start()
    site.wait_for(lambda: peer.connections)
    return thread, said


def test_test_mail__accepted__says_the_reply_and_leaves_no_notice(site):
    with SmtpPeer() as peer:
        site.write(mail={**site.conf["mail"], "url": peer.url})
        site.start()
        assert "queued as 1" in site.ctl("test-mail", "bob@example.org")
        assert peer.mails[0]["rcpt"] == ["bob@example.org"]
        assert site.notices() == []
        assert site.stop() == 0


def test_test_mail__refused__exit_1_and_the_reply(site):
    with SmtpPeer({"RCPT": ["550 5.1.1 no such user"]}) as peer:
        site.write(mail={**site.conf["mail"], "url": peer.url})
        site.start()
        done = site.run("test-mail", "bob@example.org")
        assert done.returncode == 1
        assert "550" in done.stderr and "no such user" in done.stderr
        assert site.stop() == 0


def test_test_mail__channel_at_fault__says_so(site):
    with SmtpPeer({"GREETING": ["421 4.3.2 not now"] * 9}) as peer:
        site.write(mail={**site.conf["mail"], "url": peer.url})
        site.start()
        for _ in range(2):  # the second finds the channel at rest
            done = site.run("test-mail", "bob@example.org")
            assert done.returncode == 1
            assert "not now" in done.stderr
        assert site.stop() == 0


def test_test_mail__other_commands_meanwhile__it_waits_for_its_answer(site):
    with SmtpPeer({"GREETING": [{"wait": 1.5}]}) as peer:
        site.write(mail={**site.conf["mail"], "url": peer.url})
        site.start()
        thread, said = try_meanwhile(site, peer)
        site.person("Ann Example", "ann@example.org")
        site.person("Bob Example", "bob@example.org")
        thread.join()
        assert said[0].returncode == 0, said[0].stderr
        assert site.stop() == 0


def test_test_webhook__says_what_came_back(site):
    with HttpPeer([{"status": 503, "body": "busy"}]) as peer:
        site.write(webhooks=[{"name": "x", "url": peer.url, "allow_private": True}])
        site.start()
        done = site.run("test-webhook", "x")
        assert done.returncode == 1
        assert "503" in done.stderr
        assert site.run("test-webhook", "y").returncode == 3
        assert site.stop() == 0


def test_test_webhook__gone__disables_nothing(site):
    with HttpPeer([410]) as peer:
        site.write(webhooks=[{"name": "x", "url": peer.url, "allow_private": True}])
        site.start()
        assert "410" in site.run("test-webhook", "x").stderr
        assert site.status()["channels"][1]["state"] == "open"
        assert "disabled" not in site.log.read_text()
        assert site.run("test-webhook", "x").returncode == 0
        assert site.stop() == 0


def test_stop__while_a_trial_waits__ends(site):
    with SmtpPeer({"GREETING": [{"hold": True}]}) as peer:
        site.write(mail={**site.conf["mail"], "url": peer.url})
        site.start()
        thread, said = try_meanwhile(site, peer)
        assert site.stop() == 0
        thread.join()
        assert said[0].returncode == 1
