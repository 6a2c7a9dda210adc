# SPDX-License-Identifier: ISC
"""Webhooks to a scripted receiver: states, one webhook-id over all tries,
signatures that another implementation accepts."""
import base64
import datetime
import hashlib
import hmac
import ipaddress
import json
import socket
import time

import pytest

from daemon import STALL_MS, Site
from http_script import HttpPeer
from smtp_script import Cert

KEY = b"0123456789abcdef0123456789abcdef"
SECRET = "whsec_" + base64.b64encode(KEY).decode()


def hooked(tmp_path, peer, count=1, secrets=("one",), **hook):
    site = Site(tmp_path)
    files = [site.secret(name, SECRET) for name in secrets]
    site.write(
        webhooks=[{"name": "duty-room", "url": peer.url, "allow_private": True,
                   "secret_file": files, "timeout": "2 s", **hook}],
        schedules=[{"name": "all", "remind": ["at assignment"], "at": "00:00",
                    "channels": ["duty-room"]}])
    site.init()
    site.person("Ann Example", "ann@example.org")
    for i in range(count):
        site.add("Thing %d" % i, "Ann Example")
    site.start()
    site.wait_for(lambda: len(site.notices()) == count)
    return site


def only(site):
    notices = site.notices()
    assert len(notices) == 1
    return notices[0]


def signed(request, keys=(KEY,)):
    """Standard Webhooks 1.0, written from its text."""
    headers = request["headers"]
    text = b".".join([headers["webhook-id"].encode(),
                      headers["webhook-timestamp"].encode(), request["body"]])
    given = headers["webhook-signature"].split(" ")
    return [("v1," + base64.b64encode(hmac.new(k, text, hashlib.sha256).digest())
             .decode()) in given for k in keys] == [True] * len(keys)


def settled(site, peer):
    for request in peer.requests:
        assert signed(request)
        age = datetime.datetime.now().timestamp() - \
            int(request["headers"]["webhook-timestamp"])
        assert -2 < age < 120
    assert len({r["headers"]["webhook-id"] for r in peer.requests}) <= 1
    assert len({r["body"] for r in peer.requests}) <= 1
    assert site.status()["loop"]["stall_ms_max"] < STALL_MS
    assert site.stop() == 0


def test_accepted__is_sent_signed_and_says_what(tmp_path):
    with HttpPeer() as peer, hooked(tmp_path, peer) as site:
        site.wait_for(lambda: only(site)["state"] == "sent")
        body = json.loads(peer.requests[0]["body"])
        assert body["data"]["entries"][0]["ref"] == "A-1"
        assert peer.requests[0]["headers"]["content-type"].startswith("application/json")
        settled(site, peer)


def test_https__with_own_authority(tmp_path):
    cert = Cert(tmp_path)
    with HttpPeer(cert=cert) as peer, hooked(tmp_path, peer, ca_file=cert.ca) as site:
        site.wait_for(lambda: only(site)["state"] == "sent")
        settled(site, peer)


def test_two_secrets__both_sign(tmp_path):
    with HttpPeer() as peer, hooked(tmp_path, peer, secrets=("one", "two")) as site:
        site.wait_for(lambda: only(site)["state"] == "sent")
        assert len(peer.requests[0]["headers"]["webhook-signature"].split(" ")) == 2
        settled(site, peer)


CASES = {
    "500": ({"status": 500, "body": "broken"}, "deferred", 500),
    "404": ({"status": 404}, "deferred", 404),
    "301": ({"status": 301, "headers": {"Location": "/elsewhere"}}, "deferred", 301),
    "drop after the request": ({"drop": "request"}, "in_doubt", None),
    "reset after the request": ({"drop": "reset"}, "in_doubt", None),
    "silence": ({"hold": True}, "in_doubt", None),
}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.replace(" ", "_"))
def test_fault__then_sent_by_hand_with_the_same_id(tmp_path, case):
    answer, state, code = CASES[case]
    with HttpPeer([answer]) as peer, hooked(tmp_path, peer) as site:
        # The first step of the retries comes soon: what came before stands in
        # the attempts.
        site.wait_for(lambda: only(site)["attempts"])
        attempt = only(site)["attempts"][0]
        assert attempt["outcome"] == state
        assert (attempt["code"] or None) == code
        site.wait_for(lambda: only(site)["state"] == "sent")
        assert len(peer.requests) == 2
        assert {r["path"] for r in peer.requests} == {"/hook"}
        settled(site, peer)


def test_broken_reply__was_accepted_or_is_in_doubt(tmp_path):
    answer = {"status": 200, "body": "x" * 400, "drop": "status"}
    with HttpPeer([answer]) as peer, hooked(tmp_path, peer) as site:
        site.wait_for(lambda: only(site)["attempts"])
        assert only(site)["attempts"][0]["outcome"] in ("sent", "in_doubt")
        site.wait_for(lambda: only(site)["state"] == "sent")
        settled(site, peer)


def test_429__waits_as_long_as_it_says(tmp_path):
    answer = {"status": 429, "headers": {"Retry-After": "4000"}}
    with HttpPeer([answer]) as peer, hooked(tmp_path, peer) as site:
        site.wait_for(lambda: only(site)["state"] == "deferred")
        notice = only(site)
        assert notice["code"] == 429
        at = datetime.datetime.fromisoformat(notice["next_at"])
        ahead = at - datetime.datetime.now(datetime.timezone.utc)
        assert 3900 < ahead.total_seconds() < 4000 * 1.3
        assert len(peer.requests) == 1
        settled(site, peer)


def test_410__disables_the_endpoint_until_retry(tmp_path):
    with HttpPeer([410]) as peer, hooked(tmp_path, peer, count=4, connections=1) as site:
        site.wait_for(lambda: "failed" in site.states())
        assert "the endpoint is gone (410)" in site.log.read_text()
        assert site.status()["channels"][1]["state"] == "disabled"
        site.stop()
        site.start()
        assert site.status()["channels"][1]["state"] == "disabled"
        assert len(peer.requests) == 1
        failed = [n for n in site.notices() if n["state"] == "failed"]
        assert len(failed) == 1
        site.ctl("retry", failed[0]["id"])
        site.wait_for(lambda: site.states() == ["sent"] * 4)
        assert len(peer.requests) == 5
        assert site.stop() == 0


def test_410__another_url_enables_it(tmp_path):
    with HttpPeer([410]) as peer, HttpPeer() as other, \
            hooked(tmp_path, peer, count=2, connections=1) as site:
        site.wait_for(lambda: "failed" in site.states())
        site.conf["webhooks"][0]["url"] = other.url
        site.write()
        site.ctl("reload")
        site.wait_for(lambda: site.states() == ["failed", "sent"])
        assert len(other.requests) == 1
        assert site.stop() == 0


def test_reload__fewer_connections__those_under_way_count(tmp_path):
    held = [{"hold": True}] * 3
    with HttpPeer(held) as peer, hooked(tmp_path, peer, count=8, connections=3,
                                        timeout="8 s") as site:
        site.wait_for(lambda: len(peer.requests) == 3)
        site.conf["webhooks"][0]["connections"] = 1
        peer.answers += held + held
        site.write()
        site.ctl("reload")
        time.sleep(2)
        assert len(peer.requests) == 3


def test_reload__without_the_webhook__what_waits_for_it_is_let_go(tmp_path):
    with HttpPeer([500] * 9) as peer, hooked(tmp_path, peer, count=2) as site:
        site.wait_for(lambda: site.states() == ["deferred", "deferred"])
        hooks, site.conf["webhooks"] = site.conf["webhooks"], []
        site.conf["schedules"][0]["channels"] = ["mail"]
        site.write()
        site.ctl("reload")
        gone = "those whom it was for changed before it left"
        site.wait_for(lambda: [n["reason"] for n in site.notices() if n["state"] == "cancelled"] == [gone, gone])
        # and with it what `status` says of the next mail
        assert not [n for n in site.notices() if n["channel"] == "duty-room" and n["state"] != "cancelled"]
        # it comes back: what is still news goes out
        peer.answers = []
        site.conf["webhooks"], site.conf["schedules"][0]["channels"] = hooks, ["mail", "duty-room"]
        site.write()
        site.ctl("reload")
        site.wait_for(lambda: [n["state"] for n in site.notices() if n["channel"] == "duty-room"].count("sent") == 2)
        assert site.stop() == 0


def test_nobody_listens__the_channel_rests(tmp_path):
    peer = HttpPeer()
    peer.stop()
    with hooked(tmp_path, peer) as site:
        site.wait_for(lambda: site.status()["channels"][1]["state"] == "paused")
        assert only(site)["state"] in ("planned", "deferred")
        assert only(site)["tries"] == 0
        assert site.stop() == 0


def test_private_address__by_a_name__is_not_reached_unless_allowed(tmp_path):
    name = socket.gethostname()
    try:
        address = ipaddress.ip_address(socket.gethostbyname(name))
    except OSError:
        pytest.skip("this machine's name has no address")
    if not address.is_private:
        pytest.skip("this machine's name has a public address")
    with HttpPeer() as peer:
        peer_url = "https://%s:%d/hook" % (name, peer.port)
        with Site(tmp_path, webhooks=[{"name": "x", "url": peer_url}]) as site:
            site.conf["schedules"][0]["channels"] = ["x"]
            site.write()
            site.init()
            site.person("Ann Example", "ann@example.org")
            site.add("Thing", "Ann Example")
            site.start()
            site.wait_for(lambda: site.status()["channels"][1]["state"] == "paused")
            assert "private" in site.status()["channels"][1]["reason"]
            assert only(site)["tries"] == 0
        assert not peer.connections


def test_private_address__in_the_url__is_refused_with_its_line(tmp_path):
    site = Site(tmp_path, webhooks=[{"name": "x", "url": "https://127.0.0.1/hook"}])
    done = site.run("check")
    assert done.returncode == 1
    assert "allow_private" in done.stdout + done.stderr


def test_mail_and_webhook__one_each(tmp_path):
    with HttpPeer() as peer, Site(tmp_path) as site:
        site.write(webhooks=[{"name": "x", "url": peer.url, "allow_private": True}])
        site.conf["schedules"][0]["channels"] = ["mail", "x"]
        site.write()
        site.init()
        site.person("Ann Example", "ann@example.org")
        site.add("Thing", "Ann Example")
        site.start()
        site.wait_for(lambda: site.states() == ["sent", "sent"])
        assert len(peer.requests) == 1
        assert len(list((tmp_path / "mails" / "new").iterdir())) == 1
        assert site.stop() == 0
