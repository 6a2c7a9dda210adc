# SPDX-License-Identifier: ISC
"""io/smtp against servers that misbehave at every stage."""
import base64
import socket

import pytest

from smtp_script import SmtpPeer

QUIT = "closed none QUIT 221 2.0.0 bye"


def drop(**more):
    return {"drop": True, **more}


# ---- answers ----

def test_451_then_250__is_sent_on_the_same_connection_with_the_same_bytes(smtp):
    with SmtpPeer({"RCPT": ["451 4.7.1 later"]}) as peer:
        run = smtp(peer, repeat=1)
    assert run.lines == ["ready pipelining 8bitmime smtputf8 size=10485760",
                         "done 1 deferred RCPT 451 4.7.1 later", "at_dot 1",
                         "done 1 sent dot 250 2.0.0 queued as 1", QUIT]
    assert peer.mails[0]["data"] == b"Subject: test\r\n\r\n.dot\r\nend\r\n"
    assert peer.mails[0]["from"] == "from@example.org"
    assert "RSET" in peer.commands


@pytest.mark.parametrize("stage,answer,said", [
    ("RCPT", "550 5.1.1 nobody", "failed RCPT 550 5.1.1 nobody"),
    ("RCPT", "450 4.2.1 busy", "deferred RCPT 450 4.2.1 busy"),
    ("DATA", "554 no", "failed DATA 554 no"),
    ("DATA", "451 no", "deferred DATA 451 no"),
    ("DOT", "552 5.3.4 too big", "failed dot 552 5.3.4 too big"),
    ("DOT", "452 4.3.1 full", "deferred dot 452 4.3.1 full"),
    ("MAIL", "552 5.3.4 too big", "failed MAIL 552 5.3.4 too big"),
])
@pytest.mark.parametrize("caps", [None, ["8BITMIME"]], ids=["pipelining", "one by one"])
def test_a_mail_refused__the_next_one_goes(smtp, stage, answer, said, caps):
    with SmtpPeer({stage: [answer]}, caps=caps) as peer:
        run = smtp(peer, mails=2)
    assert run.said("done") == ["done 1 " + said, "done 2 sent dot 250 2.0.0 queued as %d"
                                % len(peer.bodies)]
    assert run.said("closed") == [QUIT]
    assert peer.connections == 1
    assert len(peer.mails) == 1


@pytest.mark.parametrize("script,said", [
    ({"GREETING": ["421 4.3.2 not now"]}, "channel greeting 421 4.3.2 not now"),
    ({"GREETING": ["554 5.7.1 go away"]}, "channel greeting 554 5.7.1 go away"),
    ({"GREETING": [drop()]}, "channel greeting 0 "),
    ({"GREETING": [{"raw": "HTTP/1.1 400 Bad\r\n\r\n", "drop": True}]}, "channel greeting 0 "),
    ({"EHLO": ["421 no", "421 no"]}, "channel EHLO 421 no"),
    ({"EHLO": [drop()]}, "channel EHLO 0 "),
])
def test_no_connection__is_the_channels_fault(smtp, script, said):
    with SmtpPeer(script) as peer:
        run = smtp(peer, opens=1)
    assert len(run.lines) == 1
    assert run.lines[0].startswith("closed " + said)


def test_nobody_listens__is_the_channels_fault(smtp):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    run = smtp(None, url="smtp://127.0.0.1:%d" % port, opens=1)
    assert run.lines[0].startswith("closed channel connect 0 ")


def test_unknown_host__is_the_channels_fault(smtp):
    run = smtp(None, url="smtp://no-such-host.invalid:25", opens=1)
    assert run.lines[0].startswith("closed channel connect 0 ")


def test_slow_lookup__no_stall(smtp, slow_lookup):
    run = smtp(None, preload=slow_lookup, url="smtp://relay.example.org:25", opens=2, connect=0.5)
    assert len(run.lines) == 2
    assert all(l.startswith("closed channel connect 0 ") for l in run.lines)


@pytest.mark.parametrize("url", ["http://localhost", "smtp://", "smtp://user@localhost",
                                 "smtp://localhost/path", "localhost:25", "smtp://local host"])
def test_not_a_relay__is_refused_at_once(smtp, url):
    run = smtp(None, url=url)
    assert len(run.lines) == 1 and run.lines[0].startswith("not opened: ")


def test_mail_from_refused__costs_the_channel_not_the_mail(smtp):
    with SmtpPeer({"MAIL": ["530 5.7.0 log in first"]}) as peer:
        run = smtp(peer, opens=1)
    assert run.lines[1:] == ["done 1 channel MAIL 530 5.7.0 log in first", QUIT]


def test_enough_mails_for_this_connection__another_one_takes_the_rest(smtp):
    with SmtpPeer({"MAIL": [None, None, "421 4.7.0 enough for today", None]}) as peer:
        run = smtp(peer, mails=3)
    assert run.said("done") == ["done 1 sent dot 250 2.0.0 queued as 1",
                                "done 2 sent dot 250 2.0.0 queued as 2",
                                "done 3 stale MAIL 421 4.7.0 enough for today",
                                "done 3 sent dot 250 2.0.0 queued as 3"]
    assert peer.connections == 2


# ---- drops ----

@pytest.mark.parametrize("how", [True, "reset"])
@pytest.mark.parametrize("stage,said,arrived", [
    ("MAIL", "channel MAIL", 0),
    ("RCPT", "dropped RCPT", 0),
    ("DATA", "dropped DATA", 0),
    ("DOT", "in_doubt dot", 1),
])
def test_drop__by_stage__then_sent_anew(smtp, stage, said, arrived, how):
    with SmtpPeer({stage: [{"drop": how}]}) as peer:
        run = smtp(peer, repeat=1)
    done = run.said("done")
    # A RST may overtake the answers before it.
    if how is True:
        assert done[0].startswith("done 1 %s 0 " % said)
    elif stage == "DOT":
        assert done[0].startswith("done 1 in_doubt dot 0 ")
    else:
        assert done[0].split()[2] in ("channel", "dropped")
    assert done[-1] == "done 1 sent dot 250 2.0.0 queued as %d" % (arrived + 1)
    assert len(done) == 2
    assert len(peer.bodies) == arrived + 1
    assert {m["data"] for m in peer.bodies} == {b"Subject: test\r\n\r\n.dot\r\nend\r\n"}


def test_drop_at_data_of_a_long_body__is_dropped_not_in_doubt(smtp, tmp_path):
    body = tmp_path / "body"
    body.write_bytes(b"Subject: long\r\n\r\n" + b"a line of a long report\r\n" * 400000)
    with SmtpPeer({"BODY": [drop()]}, caps=["PIPELINING"]) as peer:
        run = smtp(peer, body=body, opens=1)
    done = run.said("done")
    assert len(done) == 1 and done[0].startswith("done 1 dropped body 0 ")
    assert run.said("at_dot") == []
    assert peer.bodies == []


def test_long_body__arrives_whole(smtp, tmp_path):
    data = b"Subject: long\r\n\r\n" + b".a line of a long report\r\n" * 40000
    body = tmp_path / "body"
    body.write_bytes(data)
    with SmtpPeer() as peer:
        run = smtp(peer, body=body, mails=3)
    assert len(run.said("done")) == 3
    assert [m["data"] for m in peer.mails] == [data] * 3


def test_drop_with_the_next_mail_grouped__only_the_first_is_in_doubt(smtp):
    with SmtpPeer({"DOT": [drop(wait=0.3)]}) as peer:
        run = smtp(peer, mails=2, repeat=1)
    done = run.said("done")
    assert done[0].startswith("done 1 in_doubt dot 0 ")
    assert done[1].startswith("done 2 stale MAIL 0 ")
    assert sorted(d.split()[1] for d in done[2:]) == ["1", "2"]
    assert all(" sent " in d for d in done[2:])


def test_idle_connection_closed_by_the_server__costs_nothing(smtp):
    with SmtpPeer({"IDLE": ["421 4.4.2 idle for too long", drop()]}) as peer:
        run = smtp(peer, mails=3, pause=0.3, opens=5)
    assert run.said("closed")[0] == "closed stale idle 421 4.4.2 idle for too long"
    assert [d.split()[2] for d in run.said("done")] == ["sent"] * 3
    assert len(peer.mails) == 3


# ---- silence ----

def test_three_seconds_after_the_dot__no_stall(smtp):
    with SmtpPeer({"DOT": [{"wait": 3, "say": "250 2.0.0 at last"}]}) as peer:
        run = smtp(peer)
    assert run.said("done") == ["done 1 sent dot 250 2.0.0 at last"]


def test_silence_after_the_dot__in_doubt(smtp):
    with SmtpPeer({"DOT": [{"hold": True}]}) as peer:
        run = smtp(peer, dot=0.5, opens=1)
    assert run.said("done") == [
        "done 1 in_doubt dot 0 no answer to the final dot within 0.5 s"]
    assert len(peer.bodies) == 1


@pytest.mark.parametrize("stage,limit,said", [
    ("MAIL", "command", "channel MAIL 0 no answer to MAIL within 0.5 s"),
    ("RCPT", "command", "dropped RCPT 0 no answer to RCPT within 0.5 s"),
    ("DATA", "data", "dropped DATA 0 no answer to DATA within 0.5 s"),
])
def test_silence__by_stage__by_its_own_limit(smtp, stage, limit, said):
    with SmtpPeer({stage: [{"hold": True}]}) as peer:
        run = smtp(peer, opens=1, **{limit: 0.5})
    assert run.said("done") == ["done 1 " + said]


def test_slow_drip_of_an_answer__does_not_stretch_the_limit(smtp):
    with SmtpPeer({"RCPT": [{"raw": "250-x\r\n", "slow": 0.05, "repeat": 1000}]}) as peer:
        run = smtp(peer, opens=1, command=0.7)
    assert run.said("done") == ["done 1 dropped RCPT 0 no answer to RCPT within 0.7 s"]


def test_silence_in_the_greeting__ends_with_the_limit(smtp):
    with SmtpPeer({"GREETING": [{"hold": True}]}) as peer:
        run = smtp(peer, opens=1, connect=0.7)
    assert run.lines[0].startswith("closed channel greeting 0 ")


def test_silence_at_quit__ends_in_order(smtp):
    with SmtpPeer({"QUIT": [{"hold": True}]}) as peer:
        run = smtp(peer, quit=0.4)
    assert run.lines[-1].startswith("closed none QUIT 0 ")


def test_slow_quit__no_stall(smtp):
    with SmtpPeer({"QUIT": [{"wait": 1, "say": "221 bye"}]}) as peer:
        run = smtp(peer)
    assert run.lines[-1] == "closed none QUIT 221 bye"


def test_reader_that_stops__block_limit(smtp, tmp_path):
    body = tmp_path / "body"
    body.write_bytes(b"a line of a long report\r\n" * 400000)
    with SmtpPeer({"BODY": [{"wait": 3}]}, caps=["PIPELINING"]) as peer:
        run = smtp(peer, body=body, block=0.6, opens=1)
    assert run.said("done") == ["done 1 dropped body 0 no progress for 0.6 s"]


def test_idle_limit__quits(smtp):
    with SmtpPeer() as peer:
        run = smtp(peer, linger=1, idle=0.4)
    assert run.lines[-1] == QUIT
    assert peer.commands[-1] == "QUIT"


def test_reuse_after_idling__is_probed(smtp):
    with SmtpPeer() as peer:
        run = smtp(peer, mails=2, pause=0.5, probe=0.2)
    assert len(run.said("done")) == 2
    at = peer.commands.index("RSET")
    assert peer.commands[at + 1].startswith("MAIL FROM")
    assert peer.connections == 1


def test_probe_refused__mail_goes_over_another_connection(smtp):
    with SmtpPeer({"RSET": ["421 4.4.2 gone"]}) as peer:
        run = smtp(peer, mails=2, pause=0.5, probe=0.2)
    assert run.said("done")[1] == "done 2 stale RSET 421 4.4.2 gone"
    assert run.said("done")[2].startswith("done 2 sent ")


# ---- odd replies ----

def test_multi_line_replies__are_joined(smtp):
    with SmtpPeer({"RCPT": ["550 5.1.1 no such|5.1.1 account|5.1.1 here"]}) as peer:
        run = smtp(peer)
    assert run.said("done") == ["done 1 failed RCPT 550 5.1.1 no such account here"]


def test_byte_by_byte__works(smtp):
    with SmtpPeer({"GREETING": [{"slow": 0.005}], "EHLO": [{"slow": 0.002}],
                   "MAIL": [{"slow": 0.01}], "RCPT": [{"slow": 0.01}],
                   "DATA": [{"slow": 0.01}], "DOT": [{"slow": 0.01}]}) as peer:
        run = smtp(peer, mails=2)
    assert [d.split()[2] for d in run.said("done")] == ["sent", "sent"]


def test_enormous_line__is_refused(smtp):
    with SmtpPeer({"RCPT": [{"raw": "x" * 65536, "repeat": 200}]}) as peer:
        run = smtp(peer, opens=1)
    assert run.said("done")[0].startswith("done 1 dropped RCPT 0 the reply is")


def test_enormous_reply__is_refused(smtp):
    with SmtpPeer({"DOT": [{"raw": "250-more and more\r\n" * 1000, "repeat": 200}]}) as peer:
        run = smtp(peer, opens=1)
    assert run.said("done")[0].startswith("done 1 in_doubt dot 0 the reply is longer")


def test_binary_reply__is_cleaned(smtp):
    with SmtpPeer({"RCPT": [{"raw": "550 caf\xe9 \x1b[31m\x00x\r\n"}]}) as peer:
        run = smtp(peer)
    assert run.said("done") == ["done 1 failed RCPT 550 caf\ufffd [31m x"]


def test_not_smtp_after_the_greeting__is_no_mails_fault(smtp):
    with SmtpPeer({"MAIL": [{"raw": "what?\r\n"}]}) as peer:
        run = smtp(peer, opens=1)
    assert run.said("done")[0].startswith("done 1 channel MAIL 0 the reply is not SMTP")


def test_no_pipelining__never_two_commands_at_once(smtp):
    with SmtpPeer(caps=["8BITMIME"], dot_delay=0.2) as peer:
        run = smtp(peer, mails=3)
    assert len(run.said("done")) == 3
    assert [m["ahead"] for m in peer.mails] == [b"", b"", b""]


def test_pipelining__next_envelope_travels_with_the_dot(smtp):
    with SmtpPeer(dot_delay=0.3) as peer:
        smtp(peer, mails=3)
    ahead = [m["ahead"] for m in peer.mails]
    assert all(a.startswith(b"MAIL FROM:<") and a.endswith(b"DATA\r\n") for a in ahead[:2])
    assert ahead[2] == b""


def test_data_taken_without_a_recipient__nothing_is_delivered(smtp):
    with SmtpPeer({"RCPT": ["550 nobody"], "DATA": ["354 go on"]}) as peer:
        run = smtp(peer, mails=2)
    assert [d.split()[2] for d in run.said("done")] == ["failed", "sent"]
    assert len(peer.mails) == 1


# ---- TLS and AUTH ----

def test_starttls__with_a_known_authority__works(smtp, cert):
    with SmtpPeer(starttls=True, cert=cert, dot_delay=0.2) as peer:
        run = smtp(peer, tls=1, ca=cert.ca, mails=3)
    assert run.lines[0].startswith("ready tls pipelining")
    assert len(run.said("done")) == 3
    assert all(m["tls"] for m in peer.mails)
    assert peer.mails[0]["ahead"].startswith(b"MAIL FROM:<")


def test_implicit_tls__long_body__works(smtp, cert, tmp_path):
    data = b"Subject: long\r\n\r\n" + b".a line of a long report\r\n" * 100000
    body = tmp_path / "body"
    body.write_bytes(data)
    with SmtpPeer(implicit=True, cert=cert) as peer:
        run = smtp(peer, ca=cert.ca, mails=2, body=body)
    assert [d.split()[2] for d in run.said("done")] == ["sent", "sent"]
    assert [m["data"] for m in peer.mails] == [data] * 2


def test_tls_drop_after_the_dot__in_doubt(smtp, cert):
    with SmtpPeer({"DOT": [drop()]}, starttls=True, cert=cert) as peer:
        run = smtp(peer, tls=1, ca=cert.ca, repeat=1)
    assert [d.split()[2] for d in run.said("done")] == ["in_doubt", "sent"]


@pytest.mark.parametrize("stage,outcome", [("RCPT", "dropped"), ("DATA", "dropped")])
def test_tls_drop_before_the_dot__dropped(smtp, cert, stage, outcome):
    with SmtpPeer({stage: [drop()]}, starttls=True, cert=cert) as peer:
        run = smtp(peer, tls=1, ca=cert.ca, repeat=1)
    assert [d.split()[2] for d in run.said("done")] == [outcome, "sent"]


def test_tls_silence_after_the_dot__no_stall(smtp, cert):
    with SmtpPeer({"DOT": [{"wait": 1, "say": "250 ok"}]}, starttls=True, cert=cert) as peer:
        run = smtp(peer, tls=1, ca=cert.ca)
    assert run.said("done") == ["done 1 sent dot 250 ok"]


def test_bad_certificate__no_mail(smtp, cert, other_cert):
    with SmtpPeer(starttls=True, cert=other_cert) as peer:
        run = smtp(peer, tls=1, ca=cert.ca, opens=1)
    assert run.lines[0].startswith("closed channel TLS 0 ")
    assert "certificate" in run.lines[0]
    assert not any(c.startswith(("MAIL", "AUTH")) for c in peer.commands)


def test_wrong_host_name__no_mail(smtp, cert):
    with SmtpPeer(starttls=True, cert=cert) as peer:
        run = smtp(peer, tls=1, ca=cert.ca, opens=1, url="smtp://127.0.0.2:%d" % peer.port)
    assert run.lines[0].startswith("closed channel ")


def test_starttls_missing__no_mail_and_no_password(smtp, cert):
    with SmtpPeer(auth=("actions", "secret"), cert=cert) as peer:
        run = smtp(peer, tls=1, ca=cert.ca, user="actions", password="secret", opens=1)
    assert run.lines[0].startswith("closed channel TLS 0 ")
    assert not any(c.startswith(("MAIL", "AUTH")) for c in peer.commands)


def test_starttls_refused__no_mail(smtp, cert):
    with SmtpPeer({"STARTTLS": ["454 4.7.0 not now"]}, starttls=True, cert=cert) as peer:
        run = smtp(peer, tls=1, ca=cert.ca, opens=1)
    assert run.lines[0] == "closed channel TLS 454 4.7.0 not now"


def test_tls_never__starttls_is_left_alone(smtp, cert):
    with SmtpPeer(starttls=True, cert=cert) as peer:
        run = smtp(peer)
    assert len(run.said("done")) == 1
    assert not peer.mails[0]["tls"]


def test_auth__with_the_right_password__works(smtp, cert):
    with SmtpPeer(starttls=True, cert=cert, auth=("actions", "se cret")) as peer:
        run = smtp(peer, tls=1, ca=cert.ca, user="actions", password="se cret")
    assert run.lines[0].startswith("ready tls pipelining") and " auth " in run.lines[0]
    assert peer.mails[0]["user"] == "actions"


def test_auth_refused__channel(smtp):
    with SmtpPeer(auth=("actions", "secret")) as peer:
        run = smtp(peer, user="actions", password="wrong", opens=1)
    assert run.lines == ["closed channel AUTH 535 5.7.8 wrong name or password"]


def test_auth_failing_for_now__channel(smtp):
    with SmtpPeer({"AUTH": ["454 4.7.0 try later"]}, auth=("actions", "secret")) as peer:
        run = smtp(peer, user="actions", password="secret", opens=1)
    assert run.lines == ["closed channel AUTH 454 4.7.0 try later"]


def test_auth_missing__no_mail(smtp):
    with SmtpPeer() as peer:
        run = smtp(peer, user="actions", password="secret", opens=1)
    assert run.lines == ["closed channel AUTH 0 the relay does not offer AUTH"]
    assert not any(c.startswith("MAIL") for c in peer.commands)


def test_password__is_never_in_what_we_say(smtp):
    with SmtpPeer(auth=("actions", "secret")) as peer:
        run = smtp(peer, user="actions", password="wrong-pass", opens=1)
    text = "\n".join(run.lines)
    assert "wrong-pass" not in text
    assert base64.b64encode(b"\0actions\0wrong-pass").decode() not in text


# ---- what never reaches the wire ----

@pytest.mark.parametrize("rcpt", ["a@example.org\r\nDATA", "a b@example.org", "<a@example.org>",
                                  "a@example.org> NOTIFY=NEVER", ""])
def test_bad_recipient__is_refused_here(smtp, rcpt):
    with SmtpPeer() as peer:
        run = smtp(peer, rcpt=rcpt)
    assert len(run.said("refused")) == 1
    assert not any(c.startswith(("MAIL", "RCPT")) for c in peer.commands)


@pytest.mark.parametrize("body", [b"a\rb\r\n", b"a\r\n.\nMAIL FROM:<x@example.org>\r\n",
                                  b"a\r\n.\r\rx\r\n", b"a\0b\r\n"])
def test_smuggling_body__is_refused_here(smtp, tmp_path, body):
    path = tmp_path / "body"
    path.write_bytes(body)
    with SmtpPeer() as peer:
        run = smtp(peer, body=path)
    assert len(run.said("refused")) == 1
    assert peer.bodies == []


def test_too_large_for_the_relay__is_refused_here(smtp):
    with SmtpPeer(caps=["PIPELINING", "SIZE 10"]) as peer:
        run = smtp(peer)
    assert run.said("refused")[0].endswith("the mail has 28 bytes, the relay takes 10")


# ---- abort ----

@pytest.mark.parametrize("where,done", [
    ("ready", []),
    ("send", ["done 1 channel MAIL 0 given up"]),
    ("at_dot", ["done 1 dropped body 0 given up"]),
    ("commit", ["done 1 dropped body 0 given up"]),
])
def test_abort__at_every_stage__events_come_once(smtp, where, done):
    with SmtpPeer() as peer:
        run = smtp(peer, abort=where, opens=1)
    assert run.said("done") == done
    assert len(run.said("closed")) == 1
    assert peer.bodies == []


@pytest.mark.parametrize("stage", ["GREETING", "EHLO", "STARTTLS", "TLS", "AUTH"])
def test_abort_while_connecting__ends_in_order(smtp, cert, stage):
    with SmtpPeer({stage: [{"hold": True}]}, starttls=True, cert=cert,
                  auth=("actions", "secret")) as peer:
        run = smtp(peer, abort="later", opens=1, tls=1, ca=cert.ca, user="actions",
                   password="secret")
    assert run.lines == ["closed none connect 0 given up"]


def test_abort_at_once_or_while_looking_up__ends_in_order(smtp, slow_lookup):
    for when in ("open", "later"):
        run = smtp(None, preload=slow_lookup, url="smtp://relay.example.org:25", abort=when,
                   later=0.2, opens=1)
        assert run.lines == ["closed none connect 0 given up"]


@pytest.mark.parametrize("stage,said", [
    ("MAIL", "channel MAIL"), ("RCPT", "dropped RCPT"), ("DATA", "dropped DATA"),
    ("DOT", "in_doubt dot")])
def test_abort_while_waiting__by_stage(smtp, stage, said):
    with SmtpPeer({stage: [{"hold": True}]}) as peer:
        run = smtp(peer, abort="later", opens=1)
    assert run.said("done") == ["done 1 %s 0 given up" % said]
    assert len(run.said("closed")) == 1
