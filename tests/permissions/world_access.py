"""What the matrix asks of ways to a counter: a town with a ground and buses, a place without, a table that was brought."""

from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.atlas.views.access_console import SALT
from linli.kernel import files
from tests.town import atlas_access

__all__ = ["SENT", "build"]
_GROUND = {"metres": 600, "pace": 70, "source": "街道图", "squares": "1-1 广场\n1-2"}


def build(has, *, at, hidden):
    """Return the parts of addresses."""
    atlas_access.declared(at=at)
    ended = atlas_access.brought(at=at, source=hidden)
    atlas_access.brought(at=at)
    assert ended.source == hidden
    # What is set aside is held for a day: not the whole of it is over yet.
    brought = {
        "digest": files.set_aside(atlas_access.table(), at=at + timedelta(hours=23)), "name": "t.csv",
        "area": "620200", "source": "公交公司", "valid_from": "2026-08-01",
    }  # fmt: skip
    return {
        "town with buses": {"area": has.area.code},
        "town without buses": {"area": has.silent.code},
        "no town": {"area": "999999"},
        "table of buses": {"token": signing.dumps(brought, salt=SALT, compress=True)},
        "forged table of buses": {"token": signing.dumps(brought, salt="another")},
    }


SENT = {
    ("atlas:access_ground", "valid"): lambda _has: _GROUND,
    ("atlas:buses_bring", "valid"): lambda _has: {
        "source": "公交公司", "valid_from": "2026-07-01",
        "file": SimpleUploadedFile("t.csv", atlas_access.table()),
    },
}  # fmt: skip
