# SPDX-License-Identifier: ISC
"""A real Postfix of our own on loopback: its configuration, queue and mailboxes in
a folder under /tmp, nothing of the machine's. Takes mail for the given names at
example.org over STARTTLS only and delivers it into Maildirs. Needs root.

    with Postfix(cert, ["ann"]) as relay: ... relay.url ... relay.mails("ann")

With login=(user, password) it takes mail from nobody else: AUTH of Cyrus SASL,
whose database lies in that folder too.
"""
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

DAEMONS = "/usr/lib/postfix/sbin"
SASLPASSWD = "/usr/sbin/saslpasswd2"

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.example.org
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
smtpd_relay_restrictions = reject_unauth_destination
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/boxes
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_tls_cert_file = {chain}
smtpd_tls_key_file = {chain}
smtpd_tls_security_level = encrypt
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
alias_maps =
alias_database =
"""

MAIN_LOGIN = """
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = example.org
smtpd_sasl_security_options = noanonymous
smtpd_tls_auth_only = yes
smtpd_client_restrictions = permit_sasl_authenticated, reject
"""

SASL = """
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {folder}/logins
mech_list: PLAIN LOGIN
"""

MASTER = """
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def why_not():
    """Why it cannot run here, None when it can."""
    if os.geteuid() != 0:
        return "Postfix needs root"
    if not os.path.exists(DAEMONS + "/master"):
        return "Postfix is not installed"
    return None


def why_no_login():
    """The same for login."""
    if why_not() is None and not os.path.exists(SASLPASSWD):
        return "saslpasswd2 is not installed"
    return why_not()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Postfix:
    def __init__(self, cert, boxes, login=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="relay-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.port = free_port()
        owner = pwd.getpwnam("postfix")
        chain = self.folder / "server.pem"
        shutil.copy(cert.chain, chain)
        chain.chmod(0o600)
        for name in ("spool", "data", "mail", "config"):
            (self.folder / name).mkdir()
        os.chown(self.folder / "data", owner.pw_uid, -1)
        nobody = pwd.getpwnam("nobody")
        os.chown(self.folder / "mail", nobody.pw_uid, nobody.pw_gid)
        (self.folder / "boxes").write_text(
            "".join("%s@example.org %s/\n" % (box, box) for box in boxes))
        config = self.folder / "config"
        (config / "main.cf").write_text(MAIN.format(
            folder=self.folder, daemons=DAEMONS, chain=chain, uid=nobody.pw_uid,
            gid=nobody.pw_gid))
        if login:
            self._make_login(*login, owner=owner)
            with open(config / "main.cf", "a") as main:
                main.write(MAIN_LOGIN.format(folder=self.folder))
        (config / "master.cf").write_text(MASTER.format(port="127.0.0.1:%d" % self.port))
        self.master = None

    def _make_login(self, user, password, owner):
        # Where Debian's Postfix looks for it: beside main.cf.
        sasl = self.folder / "config" / "sasl"
        sasl.mkdir()
        (sasl / "smtpd.conf").write_text(SASL.format(folder=self.folder))
        logins = self.folder / "logins"
        subprocess.run([SASLPASSWD, "-c", "-p", "-f", str(logins), "-u", "example.org",
                        user], input=password.encode(), capture_output=True, check=True)
        os.chown(logins, owner.pw_uid, -1)

    @property
    def url(self):
        return "smtp://localhost:%d" % self.port

    def _postfix(self, command):
        done = subprocess.run(["/usr/sbin/postfix", "-c", str(self.folder / "config"),
                               command], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError("postfix %s: %s%s" % (command, done.stderr, self.log()))

    def log(self):
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def __enter__(self):
        self._postfix("start")
        until = time.monotonic() + 60
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port)) as s:
                    s.settimeout(20)
                    if s.recv(100).startswith(b"220"):
                        return self
            except OSError:
                pass
            if time.monotonic() > until:
                raise RuntimeError("Postfix does not answer: " + self.log())
            time.sleep(0.1)

    def __exit__(self, *_):
        self._postfix("stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def mails(self, box):
        """The files in somebody's mailbox, as bytes."""
        new = self.folder / "mail" / box / "new"
        return [p.read_bytes() for p in sorted(new.iterdir())] if new.exists() else []
