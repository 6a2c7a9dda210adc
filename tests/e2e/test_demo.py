# SPDX-License-Identifier: ISC
"""`make demo` as a newcomer sees it, and how it shows a mail."""
import email.header
import email.mime.multipart
import email.mime.text
import os
import shutil
import subprocess
import tempfile

import pytest

from daemon import BUILD, ROOT

DEMO = ROOT / "etc" / "demo"
needs_perl = pytest.mark.skipif(not shutil.which("perl"), reason="perl is not there")
LONG = "Zoë’s café – déjà vu = 100 % of “quoted” words, and on it goes " * 3


def mail(encoding, subject="Plain words", text=LONG + "\nThe end.\n"):
    part = email.mime.text.MIMEText(text, "plain", "utf-8")
    if encoding == "quoted-printable":
        del part["Content-Transfer-Encoding"]
        charset = email.charset.Charset("utf-8")
        charset.body_encoding = email.charset.QP
        part.set_payload(text, charset)
    part["From"] = "Action tracker <actions@example.org>"
    part["To"] = str(email.header.Header("Zoë Ångström", "utf-8")) + " <zoe@example.org>"
    part["Subject"] = subject
    return part


def shown(message, *options):
    done = subprocess.run([DEMO / "show-mail", *options], input=message.as_bytes(),
                          capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode()


@needs_perl
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_show_mail__encoded_body__is_decoded(encoding):
    message = mail(encoding)
    assert message["Content-Transfer-Encoding"] == encoding
    assert LONG.strip() in shown(message)
    assert "\nThe end.\n" in shown(message)


@needs_perl
@pytest.mark.parametrize("charset_encoding", [email.charset.QP, email.charset.BASE64])
def test_show_mail__encoded_words__are_decoded(charset_encoding):
    charset = email.charset.Charset("utf-8")
    charset.header_encoding = charset_encoding
    subject = "Überfällig: das Papier für den Ausschuss – naïve façade, 3 days late"
    out = shown(mail("base64", email.header.Header(subject, charset, maxlinelen=50).encode()))
    assert "Subject: %s\n" % subject in out
    assert "To: Zoë Ångström <zoe@example.org>\n" in out


@needs_perl
def test_show_mail__multipart__shows_the_text():
    whole = email.mime.multipart.MIMEMultipart("mixed")
    whole["To"], whole["Subject"] = "zoe@example.org", "With a table"
    whole.attach(email.mime.text.MIMEText("Dear Zoë,\nhere it is.\n", "plain", "utf-8"))
    whole.attach(email.mime.text.MIMEText("ref,text\nA-1,x\n", "csv", "utf-8"))
    out = shown(whole)
    assert "Dear Zoë,\nhere it is.\n" in out
    assert "A-1" not in out


@needs_perl
def test_show_mail__short__leaves_out_what_all_have():
    out = shown(mail("base64", text="Do it.\n\nHOW TO ANSWER\n\nReply.\n"), "--short")
    assert "Do it." in out and "Reply." not in out and "From:" not in out


@needs_perl
def test_demo__run__shows_mails_and_digests_and_ends():
    # Not pytest's folder: a socket's path has few bytes.
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["sh", DEMO / "run.sh", BUILD], capture_output=True, text=True,
                              env=dict(os.environ, TMPDIR=folder), stdin=subprocess.DEVNULL,
                              timeout=300)
        left = sorted(name.split(".")[0] for name in os.listdir(folder))
    out = done.stdout
    assert done.returncode == 0, out + done.stderr
    assert done.stderr == ""
    assert "15 entries" in out
    head, mails = out.split("5. nudged runs", 1)
    mails, digests = mails.split("6. The chair's digests", 1)
    # five who owe something, the chair, and the secretary
    for owner in ("alan.birch", "ruth.delaney", "tom.hargreaves", "daniel.whitcombe", "safety"):
        assert mails.count("To: ") == 7 and "<%s@" % owner in mails
    assert "WT-2" in mails and "Due today" in mails and "escalated to you" in mails
    assert "NO OWNER" in mails
    # what nobody has confirmed is in no mail, but pointed out to the chair
    assert "unconfirmed" in head and "last year's figures" not in mails
    assert digests.count("Subject: ") == 2 and "NO DATE SET" in digests
    assert "That was 9 mails" in digests
    assert left == ["nudged-demo"]
