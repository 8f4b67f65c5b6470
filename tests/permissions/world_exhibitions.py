"""What the matrix asks of exhibitions: one that is open, one that only its unit sees, each with a work."""

from tests.town import atlas_exhibitions as town

__all__ = ["SENT", "build"]


def build(has, *, at):
    """Return the parts of addresses: both are of the officer's own unit."""
    shown = town.exhibition(at=at, unit=has.lead)
    first = town.hung(shown, at=at, given=town.with_picture())
    town.opened(shown, at=at)
    kept = town.exhibition(at=at, unit=has.lead, title="暗处画展")
    hidden = town.hung(kept, at=at, given=town.work_draft(title="暗处的画"))
    has.hidden_exhibition = kept
    return {
        "open exhibition": {"code": shown.code},
        "kept exhibition": {"code": kept.code},
        "exhibit": {"code": shown.code, "number": 1},
        "no exhibit": {"code": shown.code, "number": 9},
        "kept exhibit": {"code": kept.code, "number": 1},
        "hung work": {"code": shown.code, "pk": first.pk},
        "hung work to move": {"code": shown.code, "pk": first.pk, "way": "up"},
        "another's work": {"code": shown.code, "pk": hidden.pk},
    }


def _seen(has):
    return {"seen": town.seen(has.hidden_exhibition)}


_WORDS = {
    "kind": "reading",
    "title": "墙",
    "title_hant": "牆",
    "title_en": "Wall",
    "about": "短文。",
}
_WORK = {
    "source": "archive", "source_name": "市档案馆", "title": "家书", "title_hant": "家書", "title_en": "A letter",
    "text": "见字如面。", "leave": "on",
}  # fmt: skip
SENT = {
    ("atlas:exhibition_new", "valid"): lambda has: _WORDS | {"unit": has.lead.pk},
    ("atlas:exhibition_edit", "valid"): lambda _has: _WORDS,
    ("atlas:exhibit_new", "valid"): lambda _has: _WORK,
    ("atlas:exhibit_edit", "valid"): lambda _has: _WORK | {"shows": "一座关城"},
    ("atlas:exhibition_open", "valid"): _seen,
}
