"""What the matrix asks of instruments: one of the own unit that is used and drafted on, one adopted alone, one nobody saw."""

from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.assessments.actions import drafting
from linli.assessments.actions import instruments as actions
from linli.assessments.rules import building, languages
from linli.assessments.rules.instruments import canonical, written
from linli.assessments.views.instruments_bring import SALT
from linli.kernel import files
from tests.town import assessments as town
from tests.town import plans

__all__ = ["SENT", "build"]


def build(has, *, at, hidden):
    """Return the parts of addresses."""
    by = plans.officer()

    def begun(name):
        return actions.begin_instrument(
            by=by, at=at, name=name, use="scheme", unit=has.lead, form=town.form()
        )

    used, settled, kept = begun("窗口细则"), begun("旧细则"), begun(hidden)
    for one in (used, settled):
        actions.adopt(by=by, at=at, edition=one)
    draft = actions.draft_next(by=by, at=at, instrument=used.instrument)
    for edit in (languages.language_added("ug"), building.section_added("s9", {"zh-hans": "空"})):
        draft = drafting.revise(by=by, at=at, edition=draft, edit=edit)
    has.drafted, has.kept_draft = draft, kept
    brought = {
        "digest": files.set_aside(_document(), at=at + timedelta(hours=23)),
        "name": "a.json",
    }
    named = {"code": used.instrument.code}
    return {
        "instrument": named,
        "settled instrument": {"code": settled.instrument.code},
        "kept instrument": {"code": kept.instrument.code},
        "edition": named | {"number": 1},
        "drafted edition": named | {"number": 2},
        "kept edition": {"code": kept.instrument.code, "number": 1},
        "two editions": named | {"number": 2, "other": 1},
        "draft's section": named | {"key": "s"},
        "draft's empty section": named | {"key": "s9"},
        "draft's question": named | {"key": "a"},
        "draft's nothing": named | {"key": "zzz"},
        "draft's language": named | {"tag": "ug"},
        "draft's words": named | {"tag": "ug", "key": "s"},
        "draft's brought": named | {"token": signing.dumps(brought, salt=SALT)},
        "draft's bad token": named | {"token": "zzz"},
    }


def _document():
    return canonical(written(town.form()))


def _seen(has):
    return {"seen": has.drafted.changed_at.isoformat()}


def _item(has):
    section, item = building.find_item(has.drafted.form, "a")
    return {
        "kind": "yes_no", "text": "改", "section": section.key, "weight": "1", "evidence": "none",
        "seen": building.mark(item),
    }  # fmt: skip


def _words(has):
    section = building.find_section(has.drafted.form, "s")
    return {
        "seen": languages.texts_mark(section, "ug"),
        "title-s": "ب",
        "text-a": "ب",
        "text-b": "ب",
    }


def _section(has):
    return {"title": "改", "seen": building.mark(building.find_section(has.drafted.form, "s"))}


def _empty_section(has):
    return {"seen": building.mark(building.find_section(has.drafted.form, "s9"))}


SENT = {
    ("assessments:instrument_new", "valid"): lambda has: {
        "name": "新细则", "use": "inspection", "unit": has.lead.code, "language": "zh-hans",
    },
    ("assessments:draft_move", "valid"): lambda has: {"down": "a"},
    ("assessments:section_new", "valid"): lambda has: {"title": "新部分"},
    ("assessments:section", "valid"): _section,
    ("assessments:item_new", "valid"): _item,
    ("assessments:item", "valid"): _item,
    ("assessments:part_out", "valid"): _empty_section,
    ("assessments:draft_levels", "valid"): lambda has: {
        "seen": building.mark(has.drafted.form.levels), "key_0": "city", "title_0": "市级", "at_0": "50",
    },
    ("assessments:draft_languages", "valid"): lambda has: {"tag": "en"},
    ("assessments:draft_language", "valid"): lambda has: {"first": "1"},
    ("assessments:translate", "valid"): _words,
    ("assessments:draft_bring", "valid"): lambda has: _seen(has) | {
        "file": SimpleUploadedFile("a.json", _document()),
    },
    ("assessments:draft_brought", "valid"): _seen,
    ("assessments:draft_adopt", "valid"): _seen,
}  # fmt: skip
