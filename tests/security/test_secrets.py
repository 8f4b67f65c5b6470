"""No secret lies in the tree; one that is laid there is found."""

import secrets

import pytest

from tools import audit

# Put together here, so that this file holds none.
PLANTED = {
    "a private key": "-----BEGIN {} KEY-----".format("PRIVATE"),
    "a key of a cloud": "AKIA" + "Q7" * 8,
    "a token of a forge": "ghp" + "_" + secrets.token_hex(18),
    "a token of a messenger": "xoxb" + "-123456789012",
    "a key of a program": "linli" + "_" + "a" * 43,
    "a password in an address": "postgres" + "://linli:" + "correct-horse@db.example/linli",
}


def test_finds_none_in_the_tree():
    assert audit.secrets() == []


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize(
    "name", ["linli/config/settings.py", "tests/test_any.py", "deploy/new.env"]
)
def test_control_finds_what_is_planted(kind, name):
    text = f"first line\nvalue = '{PLANTED[kind]}'\n"

    assert audit.found_secrets([(name, text)]) == [f"{name}:2: {kind}"]
