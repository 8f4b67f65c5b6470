"""A small site with four weaknesses on purpose: what a scanner must find, or it has seen nothing at ours either.

`python tests/security/planted.py PORT`: SQL made of what was typed, script sent back, any file read, led anywhere.
One more address breaks over a long word: for what asks interfaces.
"""

import json
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

LINKS = ("/find?name=a", "/say?words=a", "/read?file=planted.py", "/go?to=/", "/openapi.json")


class Weak(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = urlsplit(self.path)
        said = {name: values[0] for name, values in parse_qs(asked.query).items()}
        page = getattr(self, f"page_{asked.path.strip('/').replace('.', '_')}", self.page_links)
        try:
            page(said)
        except Exception as error:
            self.answer(f"{type(error).__module__}.{type(error).__name__}: {error}", 500)

    def answer(self, words, status=200, kind="text/html; charset=utf-8", **headers):
        body = words.encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def page_links(self, _said):
        self.answer("".join(f'<p><a href="{link}">{link}</a>' for link in LINKS))

    def page_find(self, said):
        rows = sqlite3.connect(":memory:").execute(f"SELECT '{said.get('name', '')}'").fetchall()
        self.answer(f"<p>{len(rows)}")

    def page_say(self, said):
        self.answer(f"<html><body><p>{said.get('words', '')}</body></html>")

    def page_read(self, said):
        self.answer((Path(__file__).parent / said.get("file", "")).read_text())

    def page_go(self, said):
        self.answer("", 302, Location=said.get("to", "/"))

    def page_thing(self, said):
        if len(said.get("word", "")) > 3:
            raise ValueError("planted")
        self.answer("{}", kind="application/json")

    def page_openapi_json(self, _said):
        word = {"name": "word", "in": "query", "schema": {"type": "string"}}
        told = {"200": {"description": "fine", "content": {"application/json": {"schema": {}}}}}
        paths = {"/thing": {"get": {"parameters": [word], "responses": told}}}
        info = {"title": "planted", "version": "1"}
        self.answer(
            json.dumps({"openapi": "3.1.0", "info": info, "paths": paths}), kind="application/json"
        )

    def log_message(self, *_args):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Weak).serve_forever()
