"""Codes as an app makes them: RFC 6238, six digits, half a minute, SHA-1."""

import base64
import hmac
import re
import struct
import time


def code_of(secret, *, later=0):
    """Return the code that an app with this secret shows, some half minutes later."""
    counter = int(time.time()) // 30 + later
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), "sha1")
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def secret_on(page):
    """Return the secret that a page shows to the app."""
    return re.search(r'id="secret">([A-Z2-7]{32})<', page.content.decode())[1]


def codes_on(page):
    """Return the recovery codes that a page shows."""
    return re.findall(r"<code>(\d{8})</code>", page.content.decode())
