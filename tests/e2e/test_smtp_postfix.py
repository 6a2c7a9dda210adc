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
