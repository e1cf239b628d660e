"""A way to a port on this machine that can be cut, as a network is: nothing passes, and nobody is told."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Way:
    """Passes bytes on between whoever connects to `port` and another port, while it is whole."""

    def __init__(self, target: int) -> None:
        self._target, self._over = target, threading.Event()
        self._whole = threading.Event()
        self._whole.set()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """From now on bytes wait."""
        self._whole.clear()

    def mend(self) -> None:
        """Bytes that waited arrive, as they do after a short cut."""
        self._whole.set()

    def close(self) -> None:
        """End it."""
        self._over.set()
        self._whole.set()
        for one in (self._server, *self._sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while not self._over.is_set():
                near, _ = self._server.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                self._sockets += [near, far]
                threading.Thread(target=self._pass_on, args=(near, far), daemon=True).start()

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        other = {near: far, far: near}
        with suppress(OSError, ValueError, KeyError), selectors.DefaultSelector() as ready:
            for one in other:
                ready.register(one, selectors.EVENT_READ)
            while not self._over.is_set():
                for key, _ in ready.select():
                    source = key.fileobj
                    assert isinstance(source, socket.socket)
                    data = source.recv(1 << 16)
                    self._whole.wait()
                    if not data:
                        raise OSError("one side has closed it")
                    other[source].sendall(data)
        for one in other:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@contextmanager
def way_to(port: int) -> Iterator[Way]:
    """One to a port of 127.0.0.1."""
    way = Way(port)
    try:
        yield way
    finally:
        way.close()
