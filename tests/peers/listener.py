# SPDX-License-Identifier: ISC
"""What the scripted servers have in common: a port on loopback, a thread for each
connection, and a program that serves until its input closes."""
import json
import socket
import sys
import threading


class Listener:
    """Subclasses serve one connection in _serve(sock, number), numbered from 1."""

    def __init__(self, timeout):
        self.timeout = timeout
        self.connections = 0
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self.listener.getsockname()[1]

    def _serve(self, sock, number):
        raise NotImplementedError

    def _accept(self):
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            sock.settimeout(self.timeout)
            self.connections += 1
            threading.Thread(target=self._serve, args=(sock, self.connections),
                             daemon=True).start()

    def start(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def stop(self):
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


def serve(make):
    """Prints the port of make(given) and serves; given is the argument, as JSON."""
    peer = make(json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}).start()
    print(peer.port, flush=True)
    sys.stdin.read()
