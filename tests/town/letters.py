"""Those who carry letters, as the tests need them: a mail server and a sender of SMS on this machine."""

import json
import os
import signal
import socket
import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class MailServer:
    """A mail server that keeps what it took, and says what a test tells it to say.

    answers: what it replies instead of yes, by command ("RCPT", "DATA", "."…); a bare "" hangs up.
    kills: where it ends the sender, in turn, for each address once: "RCPT" before it took the letter, "."
    when it took it and has not said so, "after" when it has.
    """

    def __init__(self):
        self.letters, self.answers, self.port = [], {}, 0
        self.kills, self.killed, self.struck = [], [], set()

    @property
    def taken(self):
        return [message_from_bytes(data, policy=policy.default) for data in self.letters]

    def asked(self, talk, command, reply):
        """Reply; False when nothing more is to be said."""
        reply = self.answers.get(command, reply)
        if self.ended(talk, command):
            return False
        if reply:
            talk.say(reply)
        return bool(reply)

    def ended(self, talk, where):
        """End the sender when it is its turn."""
        if self.kills[:1] != [where] or talk.to in self.struck:
            return False
        self.struck.add(talk.to)
        self.killed.append(self.kills.pop(0))
        os.kill(talk.sender, signal.SIGKILL)
        return True


class _Talk(socketserver.StreamRequestHandler):
    sender, to = 0, b""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        server = self.server.mail
        going = server.asked(self, "hello", "220 here")
        while going and (line := self.rfile.readline()):
            command = line.split()[0].upper().decode()
            if command == "EHLO" and line.split()[1].startswith(b"pid-"):
                self.sender = int(line.split()[1][4:])
            if command == "RCPT":
                self.to = line
            going = server.asked(self, command, "354 go on" if command == "DATA" else "250 yes")
            if command == "QUIT":
                return
            if going and command == "DATA" and "DATA" not in server.answers:
                going = self.take(server)

    def take(self, server):
        """Take a letter; a rejection keeps none."""
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if "." not in server.answers:
            server.letters.append(b"".join(lines))
        return server.asked(self, ".", "250 taken") and not server.ended(self, "after")


class _Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def handle_error(self, request, client_address):
        """A sender that was killed hangs up as it may."""


@contextmanager
def mail_server():
    mail = MailServer()
    with _Threads(("127.0.0.1", 0), _Talk) as server:
        server.mail, mail.port = mail, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield mail
        finally:
            server.shutdown()
            thread.join()


def nobody():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SmsSender:
    """A sender of SMS: keeps each call; answers the given statuses in turn, then 202."""

    def __init__(self):
        self.calls, self.statuses, self.port = [], [], 0

    @property
    def sent(self):
        """What telephones got: one SMS for one key, as the contract says."""
        return {call["key"]: call["body"] for call in self.calls if call["status"] < 300}


class _Call(BaseHTTPRequestHandler):
    def do_POST(self):
        sender = self.server.sender
        status = sender.statuses.pop(0) if sender.statuses else 202
        body = self.rfile.read(int(self.headers["Content-Length"]))
        sender.calls.append(
            {
                "path": self.path,
                "key": self.headers["Idempotency-Key"],
                "token": self.headers["Authorization"],
                "kind": self.headers["Content-Type"],
                "body": json.loads(body),
                "status": status,
            }
        )
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def sms_sender():
    sender = SmsSender()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Call) as server:
        server.sender, sender.port = sender, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield sender
        finally:
            server.shutdown()
            thread.join()
