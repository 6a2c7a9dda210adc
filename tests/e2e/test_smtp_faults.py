# SPDX-License-Identifier: ISC
"""One mail to a scripted relay: each fault ends in the state that is due to it,
with the reply kept, nothing counted against a notice for the channel's faults,
the same bytes when it goes again, and a loop that never stood still."""
import datetime
import signal
import time

import pytest

from daemon import STALL_MS, Site
from smtp_script import Cert, SmtpPeer


def relay(tmp_path, peer, **mail):
    site = Site(tmp_path, mail={"url": peer.url, "timeout": "5 s",
                                "dot_timeout": "8 s", **mail})
    site.init()
    site.person("Ann Example", "ann@example.org")
    site.start()
    site.add("Find the lost keys", "Ann Example")
    site.wait_for(lambda: len(site.notices()) == 1)
    return site


def only(site):
    notices = site.notices()
    assert len(notices) == 1
    return notices[0]


def in_order(site):
    """What holds whatever happened."""
    status = site.status()
    assert status["loop"]["stall_ms_max"] < STALL_MS
    assert site.stop() == 0


def again(site, peer):
    """Sends it again by hand; it must arrive."""
    site.ctl("retry", only(site)["id"])
    site.wait_for(lambda: only(site)["state"] == "sent")
    assert len(peer.mails) == 1


# script, state, code, part of the reply
OF_A_NOTICE = {
    "451 at RCPT": ({"RCPT": ["451 4.3.0 try later"]}, "deferred", 451, "try later"),
    "550 at RCPT": ({"RCPT": ["550 5.1.1 no such user"]}, "failed", 550, "no such user"),
    "452 at DATA": ({"DATA": ["452 4.3.1 no space"]}, "deferred", 452, "no space"),
    "554 at DATA": ({"DATA": ["554 5.6.0 no"]}, "failed", 554, "no"),
    "451 at the dot": ({"DOT": ["451 4.7.1 greylisted"]}, "deferred", 451, "greylisted"),
    "552 at the dot": ({"DOT": ["552 5.2.2 mailbox full|ask again|never"]}, "failed",
                       552, "mailbox full"),
    "drop at RCPT": ({"RCPT": [{"drop": True}]}, "deferred", None, ""),
    "drop at DATA": ({"DATA": [{"drop": "reset"}]}, "deferred", None, ""),
    "drop at the dot": ({"DOT": [{"drop": True}]}, "in_doubt", None, ""),
    "reset at the dot": ({"DOT": [{"drop": "reset"}]}, "in_doubt", None, ""),
    "nonsense at the dot": ({"DOT": [{"raw": "what?\r\n", "drop": True}]}, "in_doubt",
                            None, ""),
    "silence after the dot": ({"DOT": [{"hold": True}]}, "in_doubt", None, ""),
}


@pytest.mark.parametrize("case", OF_A_NOTICE, ids=lambda c: c.replace(" ", "_"))
def test_fault_of_a_notice(tmp_path, case):
    script, state, code, reply = OF_A_NOTICE[case]
    with SmtpPeer(script) as peer, relay(tmp_path, peer, dot_timeout="2 s") as site:
        site.wait_for(lambda: only(site)["state"] == state)
        notice = only(site)
        assert notice["tries"] == 1
        assert (notice["code"] or None) == code
        assert reply in (notice["reply"] or "")
        assert notice["in_doubt"] == (state == "in_doubt")
        attempt = notice["attempts"][-1]
        assert attempt["code"] == (code or 0) or attempt["code"] is None
        assert datetime.datetime.fromisoformat(attempt["at"]).tzinfo is not None
        again(site, peer)
        assert len({b["data"] for b in peer.bodies}) == 1
        assert not peer.faults
        in_order(site)


def test_slow_answer_after_the_dot__waits_and_is_sent(tmp_path):
    script = {"DOT": [{"wait": 3}]}
    with SmtpPeer(script) as peer, relay(tmp_path, peer) as site:
        site.wait_for(lambda: only(site)["state"] == "sent")
        assert len(peer.bodies) == 1
        in_order(site)


def test_answer_came_while_the_machine_stood_still__is_taken_before_the_time_is(tmp_path):
    with SmtpPeer({"DOT": [{"wait": 1}]}) as peer, \
            relay(tmp_path, peer, dot_timeout="3 s") as site:
        site.wait_for(lambda: peer.bodies)
        site.daemon.send_signal(signal.SIGSTOP)
        time.sleep(5)
        site.daemon.send_signal(signal.SIGCONT)
        site.wait_for(lambda: only(site)["state"] in ("sent", "in_doubt"))
        assert only(site)["state"] == "sent"
        assert not only(site)["in_doubt"]
        assert len(peer.bodies) == 1
        assert site.stop() == 0


def test_drop_after_the_mail__is_sent_once(tmp_path):
    with SmtpPeer({"IDLE": [{"drop": True}]}) as peer, relay(tmp_path, peer) as site:
        site.wait_for(lambda: only(site)["state"] == "sent")
        assert len(peer.bodies) == 1
        assert site.status()["channels"][0]["state"] == "open"
        in_order(site)


OF_THE_CHANNEL = {
    "421 in the greeting": ({"GREETING": ["421 4.3.2 closing"] * 3}, "closing"),
    "554 in the greeting": ({"GREETING": ["554 5.7.1 not you"] * 3}, "not you"),
    "drop at the greeting": ({"GREETING": [{"drop": True}] * 3}, ""),
    "drop at EHLO": ({"EHLO": [{"drop": True}] * 3}, ""),
    "451 at MAIL": ({"MAIL": ["451 4.7.1 slow down"]}, "slow down"),
    "530 at MAIL": ({"MAIL": ["530 5.7.0 authenticate"]}, "authenticate"),
}


@pytest.mark.parametrize("case", OF_THE_CHANNEL, ids=lambda c: c.replace(" ", "_"))
def test_fault_of_the_channel__costs_no_attempt(tmp_path, case):
    script, reason = OF_THE_CHANNEL[case]
    with SmtpPeer(script) as peer, relay(tmp_path, peer) as site:
        channel_rests(site, reason)
        # A reload ends the pause: what was wrong may have been mended.
        peer.script.clear()
        site.ctl("reload")
        site.wait_for(lambda: only(site)["state"] == "sent")
        assert len(peer.bodies) == 1
        assert site.status()["channels"][0]["state"] == "open"
        in_order(site)


def channel_rests(site, reason):
    def rests():
        channel = site.status()["channels"][0]
        return channel["state"] == "paused" and channel
    channel = site.wait_for(rests)
    assert reason in channel["reason"]
    assert "until" in channel
    notice = only(site)
    assert notice["state"] in ("planned", "deferred")
    assert notice["tries"] == 0
    assert "channel mail: " in site.log.read_text()


def test_nobody_listens__rests(tmp_path):
    peer = SmtpPeer()
    peer.stop()
    with relay(tmp_path, peer) as site:
        channel_rests(site, "")
        in_order(site)


def test_starttls__is_used_and_checked(tmp_path):
    cert = Cert(tmp_path)
    with SmtpPeer(starttls=True, cert=cert) as peer, \
            relay(tmp_path, peer, tls="required", ca_file=cert.ca) as site:
        site.wait_for(lambda: only(site)["state"] == "sent")
        assert peer.mails[0]["tls"]
        in_order(site)


def test_implicit_tls__is_used(tmp_path):
    cert = Cert(tmp_path)
    with SmtpPeer(implicit=True, cert=cert) as peer, \
            relay(tmp_path, peer, ca_file=cert.ca) as site:
        site.wait_for(lambda: only(site)["state"] == "sent")
        assert peer.mails[0]["tls"]
        in_order(site)


def test_unknown_certificate__rests_and_sends_nothing(tmp_path):
    cert = Cert(tmp_path)
    with SmtpPeer(starttls=True, cert=cert) as peer, \
            relay(tmp_path, peer, tls="required") as site:
        channel_rests(site, "")
        assert not peer.bodies
        in_order(site)


def test_starttls_missing__rests_and_sends_nothing(tmp_path):
    with SmtpPeer() as peer, relay(tmp_path, peer, tls="required") as site:
        channel_rests(site, "")
        assert not peer.bodies
        in_order(site)


def login(tmp_path, peer, password, **mail):
    secret = tmp_path / "password"
    secret.touch(mode=0o600)
    secret.write_text(password + "\n")
    return relay(tmp_path, peer, username="actions", password_file=str(secret), **mail)


def test_auth__logs_in(tmp_path):
    cert = Cert(tmp_path)
    with SmtpPeer(starttls=True, cert=cert, auth=("actions", "s3cret")) as peer, \
            login(tmp_path, peer, "s3cret", tls="required", ca_file=cert.ca) as site:
        site.wait_for(lambda: only(site)["state"] == "sent")
        assert peer.mails[0]["user"] == "actions"
        assert "s3cret" not in site.log.read_text()
        in_order(site)


def test_auth_not_offered__rests_and_sends_nothing(tmp_path):
    with SmtpPeer() as peer, login(tmp_path, peer, "s3cret") as site:
        channel_rests(site, "")
        assert not peer.bodies
        in_order(site)


def test_wrong_password__fails_no_notice_and_a_new_one_is_read_on_reload(tmp_path):
    with SmtpPeer(auth=("actions", "s3cret")) as peer, \
            login(tmp_path, peer, "wrong") as site:
        channel_rests(site, "")
        assert not peer.bodies
        (tmp_path / "password").write_text("s3cret\n")
        site.ctl("reload")
        site.wait_for(lambda: only(site)["state"] == "sent")
        in_order(site)


def test_many__as_many_connections_as_allowed_and_each_once(tmp_path):
    with SmtpPeer() as peer, \
            Site(tmp_path, mail={"url": peer.url, "connections": 3}) as site:
        site.init()
        for i in range(6):
            site.person("Member %d" % i, "m%d@example.org" % i)
            for j in range(5):
                site.add("Thing %d of %d" % (j, i), "Member %d" % i)
        site.start()
        site.wait_for(lambda: site.states() == ["sent"] * 30)
        assert len(peer.bodies) == 30
        assert len({b["data"] for b in peer.bodies}) == 30
        assert 1 <= peer.connections <= 3
        assert not peer.faults
        in_order(site)


def test_relay_takes_fewer_connections__uses_those_and_does_not_rest(tmp_path):
    refusals = ["421 4.3.2 too many connections"] * 50
    with SmtpPeer({"GREETING": [None, None] + refusals, "DOT": [{"wait": 0.02}] * 40}) \
            as peer, Site(tmp_path, mail={"url": peer.url, "connections": 5}) as site:
        site.init()
        for i in range(5):
            site.person("Member %d" % i, "m%d@example.org" % i)
            for j in range(8):
                site.add("Thing %d of %d" % (j, i), "Member %d" % i)
        site.start()
        site.wait_for(lambda: site.states() == ["sent"] * 40)
        assert "channel mail" not in site.log.read_text()
        assert peer.connections <= 5
        assert site.stop() == 0


def test_per_minute__the_rest_waits(tmp_path):
    with SmtpPeer() as peer, \
            Site(tmp_path, mail={"url": peer.url, "per_minute": 4}) as site:
        site.init()
        site.person("Ann Example", "ann@example.org")
        for i in range(10):
            site.add("Thing %d" % i, "Ann Example")
        site.start()
        site.wait_for(lambda: site.states().count("sent") == 4)
        beat = site.status()["last_beat_at"]
        site.wait_for(lambda: site.status()["last_beat_at"] != beat)
        assert site.states().count("sent") == 4
        # Neither a reload nor a restart of connections makes it more.
        site.ctl("reload")
        beat = site.status()["last_beat_at"]
        site.wait_for(lambda: site.status()["last_beat_at"] != beat)
        assert len(peer.bodies) == 4
        in_order(site)


def test_one_refused_of_many__the_others_go(tmp_path):
    with SmtpPeer({"RCPT": [None, "550 5.1.1 gone", None]}) as peer, \
            Site(tmp_path, mail={"url": peer.url, "connections": 1}) as site:
        site.init()
        for i in range(4):
            site.person("Member %d" % i, "m%d@example.org" % i)
            site.add("Thing of %d" % i, "Member %d" % i)
        site.start()
        site.wait_for(lambda: site.states() == ["failed", "sent", "sent", "sent"])
        assert site.status()["attention"][0]["reply"] == "5.1.1 gone"
        in_order(site)
