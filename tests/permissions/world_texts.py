"""What the matrix asks of the translator's pages: a language, one that is none, a file that was brought, an edition."""

from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.kernel import files
from linli.kernel.text_editions import TextDraft, keep_texts
from linli.portal.texts.bringing import SALT
from tests.permissions.world_services import KEEPER
from tests.town.wording import REVIEWER, po

__all__ = ["SENT", "build"]
# Of a language that is laid out only: what is undone in the database changes no page of the tests that follow.
_FILE = po(("Search", "འཚོལ།"), language="bo")


def build(*, at):
    """Return the parts of addresses."""
    draft = TextDraft("bo", [["", "Search", ["བཙལ།"], False]], 1, 0, 0, 1, "0" * 64, **REVIEWER)
    keep_texts(by=KEEPER, at=at, base=0, draft=draft)
    # What is set aside is held for a day: not the whole of it is over yet.
    brought = {"digest": files.set_aside(_FILE, at=at + timedelta(hours=23)), "code": "bo"}
    token = signing.dumps(brought, salt=SALT)
    return {
        "language of texts": {"code": "bo"},
        "no language of texts": {"code": "xx"},
        "translator's file": {"code": "bo", "token": token},
        "another language's file": {"code": "ug", "token": token},
    }


SENT = {
    ("portal:texts_language", "valid"): lambda _has: {
        "file": SimpleUploadedFile("texts.po", _FILE),
    },
    ("portal:texts_look", "valid"): lambda _has: {"base": "1"} | REVIEWER,
    ("portal:texts_look", "stale"): lambda _has: {"base": "0"} | REVIEWER,
    ("portal:texts_back", "valid"): lambda _has: {"number": "0", "base": "1"},
    ("portal:texts_back", "stale"): lambda _has: {"number": "0", "base": "2"},
}  # fmt: skip
