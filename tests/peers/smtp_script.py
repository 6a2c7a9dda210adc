# SPDX-License-Identifier: ISC
"""A scripted SMTP server on loopback that misbehaves on demand.

    peer = SmtpPeer({"RCPT": ["451 later", "250 ok"]})
    with peer: ... peer.port ... peer.mails

The script maps a stage to the answers it gives, one after the other; when they
have run out, the stage behaves. Stages: GREETING, EHLO, STARTTLS, TLS (before
the handshake), AUTH, RSET, MAIL, RCPT, DATA, BODY (once the first of the body
came), DOT, QUIT, IDLE (after a mail is settled). An answer is
a line of text ("451 later"; "|" parts the lines of a longer one), None (the
usual answer), or a dict of:
    wait     seconds before it
    say      the line of text
    slow     seconds between its bytes
    raw      bytes to send instead of say (str, latin-1)
    repeat   how often raw is sent
    drop     True: close the connection afterwards; "reset": by a RST
    hold     True: keep the connection open and say nothing more

Options: caps (the EHLO keywords), starttls, implicit (TLS from the start), cert
(a Cert), auth ((user, password)), greeting text.
Run as a program it prints its port and serves until its input closes:
    smtp_script.py '{"script": {...}, "options": {...}}'
"""
import base64
import os
import socket
import ssl
import struct
import subprocess
import time

from listener import Listener, serve

DEFAULT_CAPS = ["PIPELINING", "8BITMIME", "SIZE 10485760", "SMTPUTF8"]


class Cert:
    """A throw-away certificate authority and a server certificate of it."""

    def __init__(self, folder, names=("localhost",), addresses=("127.0.0.1",)):
        self.folder = str(folder)
        self.ca = self._path("ca.pem")
        self.chain = self._path("server.pem")
        alt = ",".join(["DNS:" + n for n in names] + ["IP:" + a for a in addresses])
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt",
                      "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                      "/CN=Test CA", "-keyout", self._path("ca.key"), "-out", self.ca)
        self._openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                      "-nodes", "-subj", "/CN=" + names[0], "-keyout",
                      self._path("server.key"), "-out", self._path("server.csr"))
        with open(self._path("ext"), "w") as ext:
            ext.write("subjectAltName=" + alt + "\n")
        self._openssl("x509", "-req", "-in", self._path("server.csr"), "-CA", self.ca,
                      "-CAkey", self._path("ca.key"), "-CAcreateserial", "-days", "2",
                      "-extfile", self._path("ext"), "-out", self.chain)
        with open(self.chain, "a") as chain, open(self._path("server.key")) as key:
            chain.write(key.read())

    def _path(self, name):
        return os.path.join(self.folder, name)

    @staticmethod
    def _openssl(*args):
        subprocess.run(["openssl", *args], check=True, capture_output=True)

    def context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain)
        return context


class Gone(Exception):
    """The script ended the connection, or the client did."""


class _Session:
    def __init__(self, peer, sock):
        self.peer = peer
        self.sock = sock
        self.buffer = b""
        self.tls = False
        self.user = None

    # ---- bytes ----

    def more(self):
        try:
            data = self.sock.recv(65536)
        except OSError:
            data = b""
        if not data:
            raise Gone
        self.buffer += data

    def line(self):
        while b"\r\n" not in self.buffer:
            if b"\n" in self.buffer:
                self.peer.faults.append("bare LF from the client")
                raise Gone
            self.more()
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line

    def put(self, data, slow=0):
        pieces = [data] if not slow else [data[i:i + 1] for i in range(len(data))]
        for piece in pieces:
            try:
                self.sock.sendall(piece)
            except OSError:
                raise Gone
            if slow:
                time.sleep(slow)

    def say(self, text, slow=0):
        lines = text.split("|")
        code = lines[0][:3]
        out = []
        for i, line in enumerate(lines):
            rest = line[4:] if i == 0 else line
            out.append(code + (" " if i == len(lines) - 1 else "-") + rest)
        self.put("".join(l + "\r\n" for l in out).encode("utf-8", "surrogateescape"),
                 slow)

    # ---- the script ----

    def answer(self, stage, usual, accepted=None):
        """Gives the scripted answer; returns its code. accepted is called before one
        that accepts, so that whoever has seen it finds what was accepted."""
        step = self.peer.next(stage)
        if step is None:
            step = usual
        if isinstance(step, str):
            step = {"say": step}
        if step is None:
            return 0
        time.sleep(step.get("wait", 0))
        code = 0
        if "raw" in step:
            for _ in range(step.get("repeat", 1)):
                self.put(step["raw"].encode("latin-1"), step.get("slow", 0))
        else:
            text = step.get("say") or ("" if "drop" in step or "hold" in step else usual)
            if text:
                code = int(text[:3])
                if accepted and 200 <= code < 300:
                    accepted()
                self.say(text, step.get("slow", 0))
        if step.get("hold"):
            while True:
                self.more()
        if step.get("drop"):
            if step["drop"] == "reset":
                self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                     struct.pack("ii", 1, 0))
            raise Gone
        return code

    # ---- the dialogue ----

    def handshake(self):
        self.answer("TLS", None)
        self.sock = self.peer.tls.wrap_socket(self.sock, server_side=True)
        self.tls = True

    def ehlo(self):
        caps = list(self.peer.caps)
        if self.peer.starttls and not self.tls:
            caps.append("STARTTLS")
        if self.peer.auth and (self.tls or not self.peer.starttls):
            caps.append("AUTH PLAIN LOGIN")
        self.answer("EHLO", "250 " + "|".join(["peer.example"] + caps))

    def log_in(self, rest):
        step = self.peer.next("AUTH")
        if step is not None:
            self.peer.script["AUTH"].insert(0, step)
            self.answer("AUTH", None)
            return
        words = rest.split(b" ")
        if len(words) < 2:
            self.say("334 ")
            words.append(self.line())
        parts = base64.b64decode(words[1]).split(b"\0")
        if tuple(p.decode() for p in parts[1:]) == tuple(self.peer.auth):
            self.user = parts[1].decode()
            self.say("235 2.7.0 welcome")
        else:
            self.say("535 5.7.8 wrong name or password")

    def body(self):
        """Reads up to the dot; returns the unstuffed lines."""
        while not self.buffer:
            self.more()
        self.answer("BODY", None)
        lines = []
        while True:
            line = self.line()
            if line == b".":
                return b"".join(l + b"\r\n" for l in lines)
            lines.append(line[1:] if line.startswith(b".") else line)

    def data(self, mail, to):
        """True when a body was taken, whatever became of it."""
        if self.answer("DATA", "354 go on" if to else "554 no recipients") != 354:
            return False
        mail = dict(mail, rcpt=list(to), data=self.body(), tls=self.tls, user=self.user)
        time.sleep(self.peer.dot_delay)
        if self.peer.dot_delay:
            self.sock.settimeout(0.01)
            try:
                self.buffer += self.sock.recv(65536)
            except (OSError, ssl.SSLError):
                pass
            self.sock.settimeout(self.peer.timeout)
        mail["ahead"] = self.buffer
        # Kept before the answer: a mail that is in doubt has arrived here.
        if to:
            self.peer.bodies.append(mail)
        self.answer("DOT", "250 2.0.0 queued as %d" % len(self.peer.bodies)
                    if to else "554 no recipients",
                    lambda: self.peer.mails.append(mail) if to else None)
        self.answer("IDLE", None)
        return True

    def run(self):
        if self.peer.implicit:
            self.handshake()
        self.answer("GREETING", self.peer.greeting)
        mail, to = None, []
        while True:
            line = self.line()
            verb = line.split(b" ", 1)[0].upper().decode("latin-1")
            self.peer.commands.append(line.decode("utf-8", "replace"))
            if verb in ("EHLO", "HELO"):
                self.ehlo()
            elif verb == "STARTTLS":
                if self.answer("STARTTLS", "220 go ahead") == 220:
                    self.handshake()
            elif verb == "AUTH":
                self.log_in(line[5:])
            elif verb == "RSET":
                mail, to = None, []
                self.answer("RSET", "250 2.0.0 reset")
            elif verb == "MAIL":
                if mail is not None:
                    self.say("503 5.5.1 nested MAIL")
                    self.peer.faults.append("nested MAIL")
                elif self.answer("MAIL", "250 2.1.0 ok") == 250:
                    mail = {"from": line[11:].split(b">")[0].decode()}
            elif verb == "RCPT":
                if mail is None:
                    self.say("503 5.5.1 need MAIL")
                elif self.answer("RCPT", "250 2.1.5 ok") == 250:
                    to.append(line[9:].split(b">")[0].decode())
            elif verb == "DATA":
                if mail is None:
                    self.say("503 5.5.1 need MAIL")
                    continue
                if self.data(mail, to):
                    mail, to = None, []
            elif verb == "QUIT":
                self.answer("QUIT", "221 2.0.0 bye")
                return
            else:
                self.peer.faults.append("unknown command: %r" % line)
                self.say("502 5.5.2 what?")


class SmtpPeer(Listener):
    """The server."""

    def __init__(self, script=None, *, caps=None, starttls=False, implicit=False,
                 cert=None, auth=None, greeting="220 peer.example ESMTP", dot_delay=0,
                 timeout=60):
        super().__init__(timeout)
        self.script = {k: list(v) for k, v in (script or {}).items()}
        self.caps = DEFAULT_CAPS if caps is None else caps
        self.starttls = starttls
        self.implicit = implicit
        self.tls = cert.context() if cert else None
        self.auth = auth
        self.greeting = greeting
        self.dot_delay = dot_delay  # to see what the client sends ahead
        self.mails = []      # accepted: from, rcpt, data, tls, user, ahead
        self.bodies = []     # arrived with their dot, accepted or not
        self.commands = []
        self.faults = []     # what a client must never do

    @property
    def url(self):
        return "%s://localhost:%d" % ("smtps" if self.implicit else "smtp", self.port)

    def next(self, stage):
        with self.lock:
            steps = self.script.get(stage)
            return steps.pop(0) if steps else None

    def _serve(self, sock, number):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session = _Session(self, sock)
        try:
            session.run()
        except (Gone, OSError):
            pass
        finally:
            # Read to the end first, or the kernel turns the close into a RST.
            try:
                session.sock.close()
            except OSError:
                pass


if __name__ == "__main__":
    serve(lambda given: SmtpPeer(given.get("script"), **given.get("options", {})))
