# SPDX-License-Identifier: ISC
"""io/webhook against receivers that misbehave."""
import socket

import pytest

from http_script import HttpPeer


@pytest.mark.parametrize("answer,said", [
    ({"status": 200, "body": "ok"}, "sent 200 -1 ok"),
    ({"status": 204}, "sent 204 -1 "),
    ({"status": 202, "body": "later, maybe"}, "sent 202 -1 later, maybe"),
    ({"status": 500, "body": "broken"}, "deferred 500 -1 broken"),
    ({"status": 404, "body": "no_service"}, "deferred 404 -1 no_service"),
    ({"status": 410, "body": "gone"}, "gone 410 -1 gone"),
    ({"status": 429, "headers": {"Retry-After": "7"}}, "deferred 429 7 "),
    ({"status": 503, "headers": {"retry-after": "Thu, 13 Sep 2018 09:02:00 GMT"}},
     "deferred 503 120 "),
    ({"status": 503, "headers": {"Retry-After": "soon"}}, "deferred 503 -1 "),
    ({"status": 500, "body": "a\x1b[31m\n\tb"}, "deferred 500 -1 a [31m b"),
])
def test_status__decides(webhook, answer, said):
    with HttpPeer([answer]) as peer:
        run = webhook(peer.url, allow=1, now=1536829200)
    assert run.lines == ["result " + said]


def test_post__carries_body_and_headers(webhook):
    with HttpPeer() as peer:
        webhook(peer.url, allow=1, body='{"a": "\u00e9"}', header="webhook-id: msg_1")
    request = peer.requests[0]
    assert request["method"] == "POST" and request["path"] == "/hook"
    assert request["body"] == '{"a": "\u00e9"}'.encode()
    assert request["headers"]["webhook-id"] == "msg_1"
    assert request["headers"]["content-type"] == "application/json"
    assert request["headers"]["user-agent"] == "nudged"
    assert "expect" not in request["headers"]


def test_own_content_type__stands(webhook):
    with HttpPeer() as peer:
        webhook(peer.url, allow=1, header="Content-Type: application/cloudevents+json")
    assert peer.requests[0]["headers"]["content-type"] == "application/cloudevents+json"


def test_redirect__is_not_followed(webhook):
    with HttpPeer() as other:
        with HttpPeer([{"status": 301, "headers": {"Location": other.url}}]) as peer:
            run = webhook(peer.url, allow=1)
    assert run.lines == ["result deferred 301 -1 "]
    assert other.requests == []


def test_drop_after_the_request__is_in_doubt_and_not_repeated(webhook):
    with HttpPeer([{"drop": "request"}]) as peer:
        run = webhook(peer.url, allow=1)
    assert run.lines[0].startswith("result in_doubt 0 -1 ")
    assert len(peer.requests) == 1


def test_reset_after_the_request__is_in_doubt(webhook):
    with HttpPeer([{"drop": "reset"}]) as peer:
        run = webhook(peer.url, allow=1)
    assert run.lines[0].startswith("result in_doubt 0 -1 ")


def test_drop_inside_the_reply__the_status_stands(webhook):
    with HttpPeer([{"status": 200, "body": "accepted", "drop": "status"}]) as peer:
        run = webhook(peer.url, allow=1)
    assert run.lines == ["result sent 200 -1 acce"]


def test_nobody_listens__is_the_channels_fault(webhook):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    run = webhook("http://127.0.0.1:%d/" % port, allow=1)
    assert run.lines[0].startswith("result channel 0 -1 ")


def test_drop_before_the_request__over_tls__is_the_channels_fault(webhook, cert):
    with HttpPeer([{"drop": "connect"}], cert=cert) as peer:
        run = webhook(peer.url, allow=1, ca=cert.ca)
    assert run.lines[0].startswith("result channel 0 -1 ")


def test_silence__is_in_doubt_when_the_time_is_up(webhook):
    with HttpPeer([{"hold": True}]) as peer:
        run = webhook(peer.url, allow=1, timeout=0.5)
    assert run.lines[0].startswith("result in_doubt 0 -1 ")


def test_slow_answer__no_stall(webhook):
    with HttpPeer([{"wait": 1}]) as peer:
        run = webhook(peer.url, allow=1)
    assert run.lines == ["result sent 200 -1 "]


def test_slow_lookup__no_stall(webhook, slow_lookup):
    run = webhook("https://hooks.example.org/", preload=slow_lookup, timeout=0.5)
    assert run.lines[0].startswith("result channel 0 -1 ")


def test_endless_reply__is_cut(webhook):
    with HttpPeer([{"status": 500, "body": "x" * 5000000}]) as peer:
        run = webhook(peer.url, allow=1)
    assert run.lines == ["result deferred 500 -1 " + "x" * 512]


# ---- where it may go ----

@pytest.mark.parametrize("url", ["https://127.0.0.1:%d/", "https://localhost:%d/",
                                 "https://127.1:%d/", "https://[::ffff:127.0.0.1]:%d/",
                                 "https://0.0.0.0:%d/"])
def test_private_address__is_refused(webhook, url):
    with HttpPeer() as peer:
        run = webhook(url % peer.port)
    assert run.lines[0].startswith("result channel 0 -1 private address refused: ")
    assert peer.connections == 0


@pytest.mark.parametrize("url", ["https://10.0.0.1/", "https://192.168.1.1/",
                                 "https://169.254.169.254/latest/", "https://[fe80::1]/",
                                 "https://[fd00::1]/"])
def test_private_ranges__are_refused(webhook, url):
    run = webhook(url, timeout=2)
    assert run.lines[0].startswith("result channel 0 -1 private address refused: ")


def test_plain_http__to_a_public_address__is_refused(webhook):
    run = webhook("http://192.0.32.8/", allow=1, timeout=2)
    assert run.lines[0].startswith("result channel 0 -1 plain http to the public address")


@pytest.mark.parametrize("url", ["http://localhost/", "ftp://example.org/", "file:///etc/passwd",
                                 "example.org", "https://", "gopher://x/"])
def test_other_urls__are_refused_at_once(webhook, url):
    run = webhook(url)
    assert run.lines[0].startswith("refused 1 ")


@pytest.mark.parametrize("header", ["no colon", ": x", "a: b\r\nc: d", "a b: c"])
def test_bad_headers__are_refused_at_once(webhook, header):
    with HttpPeer() as peer:
        run = webhook(peer.url, allow=1, header=header)
    assert run.lines[0].startswith("refused 1 ")


def test_certificates__are_checked(webhook, cert, other_cert):
    with HttpPeer(cert=cert) as peer:
        assert webhook(peer.url, allow=1, ca=cert.ca).lines == ["result sent 200 -1 "]
    with HttpPeer(cert=other_cert) as peer:
        run = webhook(peer.url, allow=1, ca=cert.ca)
    assert run.lines[0].startswith("result channel 0 -1 ")
    assert "certificate" in run.lines[0]
    assert peer.requests == []


# ---- connections ----

def test_fresh_connection_each__unless_reuse(webhook):
    with HttpPeer(keep_alive=True) as peer:
        webhook(peer.url, allow=1, posts=3)
    assert peer.connections == 3
    with HttpPeer(keep_alive=True) as peer:
        webhook(peer.url, allow=1, posts=3, reuse=1)
    assert peer.connections == 1


@pytest.mark.parametrize("how,said", [("start", "channel"), ("later", "in_doubt")])
def test_abort__tells_once_from_the_loop(webhook, how, said):
    with HttpPeer([{"hold": True}]) as peer:
        run = webhook(peer.url, allow=1, abort=how)
    assert run.lines == ["result %s 0 -1 given up" % said]


def test_free_while_under_way__tells_once(webhook):
    with HttpPeer([{"hold": True}]) as peer:
        run = webhook(peer.url, allow=1, free=1)
    assert len(run.lines) == 1
    assert run.lines[0].startswith("result in_doubt 0 -1 ")
