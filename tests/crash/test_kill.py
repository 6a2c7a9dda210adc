# SPDX-License-Identifier: ISC
"""kill -9 at random points while notices go out to a counting sink, by mail and
by webhook: none is lost, and every one that arrived twice is among those that
the register says are in doubt, with the same bytes.

NUDGED_KILLS and NUDGED_NOTICES say how many (default 12 and 300; by hand 200
and 2000), NUDGED_SEED which random points.
"""
import collections
import os
import random
import socketserver
import sqlite3
import sys
import threading
import time

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "e2e"))
from daemon import Site, days_ago  # noqa: E402
from http_script import HttpPeer  # noqa: E402

KILLS = int(os.environ.get("NUDGED_KILLS", "12"))
NOTICES = int(os.environ.get("NUDGED_NOTICES", "300"))
SEED = int(os.environ.get("NUDGED_SEED", str(random.randrange(1 << 30))))
ANSWER_S = 0.02  # of the sink: so that it is often killed before it


class MailSink(socketserver.ThreadingTCPServer):
    """Counts mails by Message-ID at the very moment their dot has come."""
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 200

    class Session(socketserver.StreamRequestHandler):
        def handle(self):
            try:
                self.talk()
            except OSError:
                pass

        def say(self, text):
            self.wfile.write(text + b"\r\n")

        def talk(self):
            self.say(b"220 sink ESMTP")
            for line in self.rfile:
                verb = line[:4].upper()
                if verb == b"EHLO":
                    self.say(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME")
                elif verb == b"DATA":
                    self.say(b"354 go on")
                    if not self.take():
                        return
                elif verb == b"QUIT":
                    self.say(b"221 bye")
                    return
                else:
                    self.say(b"250 ok")

        def take(self):
            lines = []
            for line in self.rfile:
                if line == b".\r\n":
                    self.server.count(b"".join(lines))
                    time.sleep(ANSWER_S)
                    self.say(b"250 queued")
                    return True
                lines.append(line)
            return False  # killed before the dot: never arrived

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Session)
        self.arrived = collections.defaultdict(list)
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return "smtp://127.0.0.1:%d" % self.server_address[1]

    def count(self, mail):
        head = mail.split(b"\r\n\r\n", 1)[0]
        ids = [line for line in head.split(b"\r\n") if line.startswith(b"Message-ID: <")]
        assert len(ids) == 1
        with self.lock:
            self.arrived[ids[0][13:-1].decode()].append(mail)


def fill(site, channels):
    site.conf["schedules"][0]["channels"] = channels
    site.write()
    site.init()
    # A backlog is one summary for each owner: an owner for each notice, then.
    people, rows = site.folder / "parties.csv", site.folder / "entries.csv"
    with open(people, "w") as out:
        out.write("kind,name,email\n")
        for i in range(NOTICES):
            out.write("person,Member %d,m%d@example.org\n" % (i, i))
    with open(rows, "w") as out:
        out.write("kind,text,owners,due_on,state\n")
        for i in range(NOTICES):
            out.write("action,Thing %d,Member %d,2031-12-31,open\n" % (i, i))
    site.ctl("--now", days_ago(1), "import", "parties", people)
    site.ctl("--now", days_ago(1), "import", "entries", rows)


def kill_often(site, kills, dice):
    """Starts and kills it until the kills are used up or all is sent. A kill before
    the first notice stands in the ledger tells nothing: a slow build gets longer."""
    used, window = 0, 0.12
    for _ in range(kills * 4):
        site.start()
        time.sleep(dice.uniform(0.0, window))
        site.kill()
        if count(site, "1") == 0:
            window = min(window * 2, 5.0)
            continue
        used += 1
        if used == kills or used % 10 == 0 and all_sent(site):
            break
    return used


def count(site, where):
    with sqlite3.connect("file:%s?mode=ro" % site.conf["register"], uri=True) as db:
        return db.execute("SELECT count(*) FROM notice WHERE " + where).fetchone()[0]


def all_sent(site):
    return count(site, "state = 'sent'") == NOTICES


def doubted(site):
    with sqlite3.connect("file:%s?mode=ro" % site.conf["register"], uri=True) as db:
        return {row[0] for row in db.execute(
            "SELECT message_id FROM notice JOIN message ON notice_id = id WHERE uncertain = 1")}


def finish(site):
    site.start()
    site.wait_for(lambda: all_sent(site), 240)
    assert count(site, "1") == NOTICES
    assert site.stop() == 0
    site.ctl("verify")


def judge(site, arrived, used):
    flagged = doubted(site)
    twice = {key for key, copies in arrived.items() if len(copies) > 1}
    print("seed %d: %d kills, %d notices, %d arrived, %d twice or more, %d in doubt"
          % (SEED, used, NOTICES, len(arrived), len(twice), len(flagged)))
    assert used > 0, "no kill met a notice"
    assert len(arrived) == NOTICES, "lost"
    assert twice <= flagged, "a duplicate that nobody was told of"
    for key in twice:
        assert len(set(arrived[key])) == 1, "a duplicate with other bytes"


def test_kill__mail__none_lost_and_every_duplicate_flagged(tmp_path):
    sink = MailSink()
    with Site(tmp_path, mail={"url": sink.url, "connections": 8}) as site:
        fill(site, ["mail"])
        used = kill_often(site, KILLS, random.Random(SEED))
        finish(site)
        judge(site, sink.arrived, used)


def test_kill__webhook__none_lost_and_every_duplicate_flagged(tmp_path):
    with HttpPeer([{"wait": ANSWER_S, "status": 200}] * (NOTICES * 3)) as sink, \
            Site(tmp_path) as site:
        site.write(webhooks=[{"name": "sink", "url": sink.url, "allow_private": True,
                              "connections": 4}])
        fill(site, ["sink"])
        used = kill_often(site, KILLS, random.Random(SEED + 1))
        finish(site)
        arrived = collections.defaultdict(list)
        for request in sink.requests:
            arrived[request["headers"]["webhook-id"]].append(request["body"])
        judge(site, arrived, used)


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, "-s", *sys.argv[1:]]))
