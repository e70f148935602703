"""A real little SMTP server on this machine; its mood says where a conversation goes wrong."""

from __future__ import annotations

import socketserver
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager


class Talk(socketserver.StreamRequestHandler):
    """One conversation; the server's `mood` says where it goes wrong."""

    def handle(self):
        self.server.calls += 1
        if self.server.mood == "hangs":
            self.server.released.wait(20)
            return
        if self.server.mood == "hangs up":
            return
        self.say("220 essai.example.org")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)
            verb = line.split()[0].upper()
            if not getattr(self, f"on_{verb.lower()}")(line):
                return

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())
        return True

    def on_ehlo(self, line):
        return self.say(
            "250-essai.example.org\r\n250 AUTH PLAIN" if self.server.mood != "plain" else "250 ok"
        )

    def on_auth(self, line):
        _, user, password = b64decode(line.split()[2]).decode().split("\0")
        self.server.accounts.append((user, password))
        if self.server.mood == "refuses the account":
            return self.say(f"535 no such password {password}")
        return self.say("235 welcome")

    def on_mail(self, line):
        return self.say("553 unknown sender" if self.server.mood == "refuses the sender" else "250 ok")

    def on_rcpt(self, line):
        answers = {
            "refuses the address": "550 no such mailbox",
            "asks to wait": "450 try again later",
            "closes for now": "421 too busy",
        }
        return self.say(answers.get(self.server.mood, "250 ok"))

    def on_data(self, line):
        self.say("354 go")
        lines = []
        while (text := self.rfile.readline().decode()) != ".\r\n":
            lines.append(text)
        self.server.messages.append("".join(lines))
        if self.server.mood == "drops the line":
            return False
        return self.say(
            "554 spam" if self.server.mood == "refuses the message" else "250 2.0.0 queued as ABC123"
        )

    def on_rset(self, line):
        return self.say("250 ok")

    def on_quit(self, line):
        self.say("221 bye")
        return False


class Server(socketserver.ThreadingTCPServer):
    """What was heard: lines, accounts, whole messages, number of calls."""

    allow_reuse_address = daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.mood, self.calls = "accepts", 0
        self.heard, self.accounts, self.messages = [], [], []
        self.released = threading.Event()


@contextmanager
def smtp_server() -> Iterator[Server]:
    """One that listens until the end of the block."""
    with Server() as smtp:
        threading.Thread(target=smtp.serve_forever, daemon=True).start()
        yield smtp
        smtp.released.set()
        smtp.shutdown()
