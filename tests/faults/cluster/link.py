"""The way to one machine's database as the other machines know it: open, stalled (nothing passes, nothing breaks) or cut."""

import socket
from contextlib import suppress
from threading import Event, Lock, Thread


class Link:
    """A listener that passes everything on to a port, while it may."""

    def __init__(self, port, to):
        self.to = to
        self._open, self._turn, self._held = Event(), Lock(), set()
        self._open.set()
        self._door = socket.create_server(("127.0.0.1", port))
        Thread(target=self._let_in, daemon=True).start()

    def stall(self):
        self._open.clear()

    def cut(self):
        """Hang up on everybody. What was on its way when it stalled never comes."""
        with self._turn:
            held, self._held = self._held, set()
        for one in held:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.set()

    def end(self):
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.cut()

    def _let_in(self):
        with suppress(OSError):
            while True:
                came, _ = self._door.accept()
                Thread(target=self._lead, args=[came], daemon=True).start()

    def _lead(self, came):
        try:
            went = socket.create_connection(("127.0.0.1", self.to), timeout=5)
        except OSError:
            came.close()
            return
        went.settimeout(None)
        with self._turn:
            self._held |= {came, went}
        back = Thread(target=self._pass, args=[went, came], daemon=True)
        back.start()
        self._pass(came, went)
        back.join()
        with self._turn:
            self._held -= {came, went}
        came.close()
        went.close()

    def _pass(self, source, target):
        with suppress(OSError):
            while True:
                self._open.wait()
                data = source.recv(1 << 16)
                self._open.wait()
                if not data:
                    break
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
