# SPDX-License-Identifier: ISC
"""A scripted HTTP receiver on loopback.

    peer = HttpPeer([{"status": 500}, {"status": 429, "headers": {"Retry-After": "7"}}])

Each request takes the next answer; when they have run out, 200. An answer is a
status or a dict of:
    status, headers, body   as said (body: str)
    wait     seconds before it
    drop     "connect": close as soon as the connection is there
             "request": close once the request was read
             "status": close inside the reply's body
             "reset": a RST once the request was read
    hold     True: read the request and say nothing
requests holds what came: path, headers (lower case), body, connection number.
keep_alive lets connections live on.
Run as a program it prints its port and serves until its input closes.
"""
import socket
import struct
import time

from listener import Listener, serve


class HttpPeer(Listener):
    def __init__(self, answers=(), *, cert=None, keep_alive=False, timeout=60):
        super().__init__(timeout)
        self.answers = list(answers)
        self.tls = cert.context() if cert else None
        self.keep_alive = keep_alive
        self.requests = []

    @property
    def url(self):
        return "%s://localhost:%d/hook" % ("https" if self.tls else "http", self.port)

    def _next(self):
        with self.lock:
            answer = self.answers.pop(0) if self.answers else 200
        return {"status": answer} if isinstance(answer, int) else answer

    def _peek_is_drop(self):
        with self.lock:
            if self.answers and isinstance(self.answers[0], dict) \
                    and self.answers[0].get("drop") == "connect":
                self.answers.pop(0)
                return True
        return False

    @staticmethod
    def _read_request(stream):
        line = stream.readline()
        if not line:
            return None
        method, path, _ = line.decode("latin-1").split(" ", 2)
        headers = {}
        while True:
            line = stream.readline()
            if line in (b"\r\n", b""):
                break
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        body = stream.read(int(headers.get("content-length", 0)))
        return {"method": method, "path": path, "headers": headers, "body": body}

    def _reply(self, sock, answer):
        body = answer.get("body", "").encode()
        headers = {"Content-Length": str(len(body)), **answer.get("headers", {})}
        if not self.keep_alive:
            headers["Connection"] = "close"
        head = "HTTP/1.1 %d Scripted\r\n" % answer.get("status", 200)
        head += "".join("%s: %s\r\n" % h for h in headers.items()) + "\r\n"
        if answer.get("drop") == "status":
            body = body[:len(body) // 2]
        sock.sendall(head.encode("latin-1") + body)

    def _exchange(self, sock, stream, number):
        """False when the connection is to end."""
        request = self._read_request(stream)
        if request is None:
            return False
        request["connection"] = number
        self.requests.append(request)
        answer = self._next()
        time.sleep(answer.get("wait", 0))
        if answer.get("hold"):
            stream.read(1)
            return False
        if answer.get("drop") == "reset":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if answer.get("drop") in ("request", "reset"):
            return False
        self._reply(sock, answer)
        return self.keep_alive and not answer.get("drop")

    def _serve(self, sock, number):
        stream = None
        try:
            if self._peek_is_drop():
                return
            if self.tls:
                sock = self.tls.wrap_socket(sock, server_side=True)
            stream = sock.makefile("rb")
            while self._exchange(sock, stream, number):
                pass
        except (OSError, ValueError):
            pass
        finally:
            if stream:
                stream.close()
            sock.close()


if __name__ == "__main__":
    serve(lambda given: HttpPeer(given.get("answers", ()), **given.get("options", {})))
