"""The mail server of a world: it takes letters, or is down, or hangs up after it took one."""

from django.core.mail.backends.base import BaseEmailBackend

TAKEN = []
DOWN = []


class Server(BaseEmailBackend):
    """What was sent is kept; while DOWN holds anything, nobody answers."""

    def open(self):
        if DOWN:
            raise ConnectionRefusedError
        return True

    def close(self):
        pass

    def send_messages(self, messages):
        TAKEN.extend(one.extra_headers["Message-ID"] for one in messages)
        return len(messages)
