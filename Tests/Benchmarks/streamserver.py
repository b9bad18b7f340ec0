"""A server of chat completions in pieces, each of which says when it was sent.

python3 streamserver.py PORT PIECES GAP: to every request so many pieces, with a gap of so many milliseconds
before each. A piece is the time of its sending, in nanoseconds of the system's monotonic clock, which the reader
has as well. Every connection has a schedule of its own, and is late only when the machine is.
"""

import heapq
import selectors
import socket
import sys
import time

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
DONE = b"data: [DONE]\n\n"


def chunk(text):
    return b"%x\r\n%s\r\n" % (len(text), text)


def piece(time, finish):
    return b'data: {"id":"1","model":"m","choices":[{"index":0,"delta":{"content":"%d "},"finish_reason":%s}]}\n\n' % (
        time, finish)


class Server:
    def __init__(self, port, pieces, gap):
        self.pieces, self.gap = pieces, gap / 1e3
        self.selector = selectors.DefaultSelector()
        self.due = []
        self.socket = socket.create_server(("127.0.0.1", port), backlog=4096)
        self.selector.register(self.socket, selectors.EVENT_READ)

    def run(self):
        while True:
            wait = max(0, self.due[0][0] - time.monotonic()) if self.due else None
            for key, _ in self.selector.select(wait):
                self.accept() if key.fileobj is self.socket else self.take(key.fileobj)
            now = time.monotonic()
            while self.due and self.due[0][0] <= now:
                self.send(*heapq.heappop(self.due))

    def accept(self):
        connection, _ = self.socket.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.selector.register(connection, selectors.EVENT_READ)

    def take(self, connection):
        """A request comes in one read, as small ones do on the loopback."""
        try:
            if not connection.recv(65_536):
                raise OSError
            connection.sendall(HEAD)
        except OSError:
            self.selector.unregister(connection)
            return connection.close()
        heapq.heappush(self.due, (time.monotonic() + self.gap, connection.fileno(), connection, 1))

    def send(self, due, number, connection, count):
        last = count == self.pieces
        try:
            if last:
                connection.sendall(chunk(piece(time.monotonic_ns(), b'"stop"')) + chunk(DONE) + b"0\r\n\r\n")
            else:
                connection.sendall(chunk(piece(time.monotonic_ns(), b"null")))
                heapq.heappush(self.due, (due + self.gap, number, connection, count + 1))
        except OSError:
            pass


if __name__ == "__main__":
    Server(*map(int, sys.argv[1:])).run()
