# SPDX-License-Identifier: ISC
"""What an administrator finds in the log."""
import pytest

from daemon import Site
from smtp_script import SmtpPeer


@pytest.fixture
def site(tmp_path):
    with Site(tmp_path) as it:
        it.init()
        it.person("Ann Example", "ann@example.org")
        yield it


def test_refused_mail__is_logged_with_its_reply(site):
    with SmtpPeer({"RCPT": ["550 5.1.1 no such user"]}) as peer:
        site.write(mail={**site.conf["mail"], "url": peer.url})
        site.start()
        site.add("Find the lost keys", "Ann Example")
        site.wait_for(lambda: site.states() == ["failed"])
        assert site.stop() == 0
    assert "notice 1 to ann@example.org: failed at RCPT: 550 5.1.1 no such user" \
        in site.log.read_text()


def test_sent_mail_and_commands__are_logged_when_asked_for(site):
    site.add("Find the lost keys", "Ann Example")
    site.start()
    site.wait_for(lambda: site.states() == ["sent"])
    site.stop()
    assert "notice 1" not in site.log.read_text()
    site.start("--verbose")
    site.add("Count the chairs", "Ann Example")
    site.wait_for(lambda: site.states() == ["sent"] * 2)
    assert site.stop() == 0
    log = site.log.read_text()
    assert "notice 2 to ann@example.org: sent: delivered" in log
    assert ": add\n" in log


def test_hold__its_beginning_and_its_end_are_logged(tmp_path):
    with Site(tmp_path) as site:
        site.init(release=False)
        site.start()
        site.wait_for(lambda: "Delivery is held: first release" in site.log.read_text())
        site.ctl("release")
        site.wait_for(lambda: "Delivery is held no longer" in site.log.read_text())
        assert site.stop() == 0
