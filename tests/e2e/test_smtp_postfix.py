# SPDX-License-Identifier: ISC
"""Mails through a real Postfix over STARTTLS into mailboxes, read by Python's
parser."""
import email
import email.policy

import pytest

from daemon import STALL_MS, Site  # first: it says where the peers are
import postfix
from smtp_script import Cert

pytestmark = pytest.mark.skipif(postfix.why_not() is not None,
                                reason=str(postfix.why_not()))

needs_login = pytest.mark.skipif(postfix.why_no_login() is not None,
                                 reason=str(postfix.why_no_login()))

NAME = "Zoë Ångström"
TEXT = "Überprüfung der Zugänge – ½ fertig ☃, " + "Wörter " * 30 + "Ende"


def parsed(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_mail__through_postfix__arrives_whole(tmp_path):
    cert = Cert(tmp_path)
    with postfix.Postfix(cert, ["ann", "zoe"]) as relay, \
            Site(tmp_path, organisation="Büro für Beispiele",
                 mail={"url": relay.url, "tls": "required", "ca_file": cert.ca,
                       "from": "Büro <actions@example.org>"}) as site:
        site.init()
        site.person("Ann Example", "ann@example.org")
        site.person(NAME, "zoe@example.org")
        site.add(TEXT, NAME)
        site.add(". A line that begins with a dot", "Ann Example")
        for i in range(20):
            site.add("Thing %d" % i, "Ann Example")
        site.start()
        site.wait_for(lambda: site.states() == ["sent"] * 22)
        site.wait_for(lambda: len(relay.mails("ann")) == 21 and relay.mails("zoe"))

        mail = parsed(relay.mails("zoe")[0])
        assert mail["To"].addresses[0].display_name == NAME
        assert mail["To"].addresses[0].addr_spec == "zoe@example.org"
        assert mail["From"].addresses[0].display_name == "Büro"
        assert "Überprüfung der Zugänge – ½ fertig ☃" in mail["Subject"]
        text = mail.get_body(("plain",)).get_content()
        assert " ".join(TEXT.split()) in " ".join(text.split())
        assert "Büro für Beispiele" in text
        assert mail["Auto-Submitted"] == "auto-generated"
        assert "with ESMTPS" in mail["Received"]
        assert not mail.defects

        ids = {parsed(raw)["Message-ID"] for raw in relay.mails("ann")}
        assert len(ids) == 21
        assert any(". A line that begins with a dot" in
                   parsed(raw).get_body(("plain",)).get_content()
                   for raw in relay.mails("ann"))
        # What Postfix said is kept with the notice.
        assert all("queued as" in n["reply"] and n["code"] == 250
                   for n in site.notices())
        assert site.status()["loop"]["stall_ms_max"] < STALL_MS
        assert site.stop() == 0


def test_refusals__through_postfix__fail_with_its_words(tmp_path):
    cert = Cert(tmp_path)
    with postfix.Postfix(cert, ["ann"]) as relay, \
            Site(tmp_path, mail={"url": relay.url, "tls": "required",
                                 "ca_file": cert.ca}) as site:
        site.init()
        site.person("No Box", "no.box@example.org")
        site.person("Else Where", "else@elsewhere.example")
        site.person("Ann Example", "ann@example.org")
        for name in ("No Box", "Else Where", "Ann Example"):
            site.add("Thing of " + name, name)
        site.start()
        site.wait_for(lambda: site.states() == ["failed", "failed", "sent"])
        replies = {n["to"]: (n["code"], n["reply"]) for n in site.notices()}
        assert replies["no.box@example.org"][0] == 550
        assert "unknown" in replies["no.box@example.org"][1]
        assert replies["else@elsewhere.example"][0] == 554
        assert "Relay access denied" in replies["else@elsewhere.example"][1]
        assert len(site.status()["attention"]) == 2
        assert site.stop() == 0


def test_no_tls__postfix_refuses__the_channel_rests(tmp_path):
    cert = Cert(tmp_path)
    with postfix.Postfix(cert, ["ann"]) as relay, \
            Site(tmp_path, mail={"url": relay.url, "tls": "never"}) as site:
        site.init()
        site.person("Ann Example", "ann@example.org")
        site.add("Thing", "Ann Example")
        site.start()
        site.wait_for(lambda: site.status()["channels"][0]["state"] == "paused")
        assert "530" in site.status()["channels"][0]["reason"]
        assert site.notices()[0]["tries"] == 0
        assert site.stop() == 0


# ---- AUTH ----

LOGIN = ("actions", "r1ght \u00fcber Paß")


def site_with(folder, relay, cert, password):
    """Ann's thing waits for a relay that wants a login."""
    site = Site(folder, mail={"url": relay.url, "tls": "required", "ca_file": cert.ca})
    site.conf["mail"].update(username=LOGIN[0],
                             password_file=site.secret("password", password))
    site.write()
    site.init()
    site.person("Ann Example", "ann@example.org")
    site.add("Thing", "Ann Example")
    return site


@needs_login
def test_login__right_password__is_taken(tmp_path):
    cert = Cert(tmp_path)
    with postfix.Postfix(cert, ["ann"], LOGIN) as relay, \
            site_with(tmp_path, relay, cert, LOGIN[1]) as site:
        site.start()
        site.wait_for(lambda: site.states() == ["sent"])
        site.wait_for(lambda: relay.mails("ann"))
        assert "with ESMTPSA" in parsed(relay.mails("ann")[0])["Received"]
        site.wait_for(lambda: "sasl_username=actions" in relay.log())
        assert site.stop() == 0


@needs_login
def test_login__none__relay_refuses_and_says_so(tmp_path):
    cert = Cert(tmp_path)
    with postfix.Postfix(cert, ["ann"], LOGIN) as relay, \
            site_with(tmp_path, relay, cert, LOGIN[1]) as site:
        del site.conf["mail"]["username"], site.conf["mail"]["password_file"]
        site.write()
        site.start()
        site.wait_for(lambda: site.states() == ["failed"])
        assert "Client host rejected" in site.notices()[0]["reply"]
        assert not relay.mails("ann")
        assert site.stop() == 0


@needs_login
def test_login__wrong_password__rests_until_it_is_mended(tmp_path):
    cert = Cert(tmp_path)
    with postfix.Postfix(cert, ["ann"], LOGIN) as relay, \
            site_with(tmp_path, relay, cert, "wrong") as site:
        site.start()
        site.wait_for(lambda: site.status()["channels"][0]["state"] == "paused")
        assert "535" in site.status()["channels"][0]["reason"]
        # The admin is told, by status and by the log; the notice lost nothing.
        assert "535" in site.ctl("status")
        assert "535" in site.log.read_text()
        site.wait_for(lambda: site.states()[0] in ("planned", "deferred"))
        assert site.notices()[0]["tries"] == 0
        site.wait_for(lambda: "authentication failed" in relay.log())

        site.secret("password", LOGIN[1])
        site.ctl("reload")
        site.wait_for(lambda: site.states() == ["sent"])
        site.wait_for(lambda: len(relay.mails("ann")) == 1)
        assert site.status()["channels"][0]["state"] != "paused"
        assert site.stop() == 0
