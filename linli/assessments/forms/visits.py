"""A checklist as it comes back from a telephone or a plain form: one field an item, photos beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.actions.assessing import Filled
from linli.assessments.actions.inspecting import MOST_PHOTOS, Brought
from linli.assessments.actions.signatures import Signed
from linli.assessments.rules.instruments import (
    ASKED,
    MEASURED,
    NEEDED,
    PHOTO,
    SCALE,
    YES_NO,
    Form,
    Item,
    said,
)
from linli.assessments.rules.scoring import NO, SKIPPED, YES, fault
from linli.kernel.refusals import Refused
from linli.kernel.text import Words
from linli.kernel.uploads import Rebuilt, rebuild

WORDS: Final[dict[str, Words]] = {
    YES: pgettext_lazy("answer", "Yes"),
    NO: pgettext_lazy("answer", "No"),
    SKIPPED: _("Does not apply"),
}
_WRONG: Final[dict[str, Words]] = {
    "must_be_answered": _("This must be answered."),
    "not_a_number": _("Write a number."),
    "not_an_answer": _("This is no answer to this question."),
    "note_alone": _("Answer the question that you noted something to."),
}
_EASY_SCALE = 5  # grades up to here are buttons, beyond a list


@dataclass(slots=True)
class Row:
    """One item on the page: what it asks, and what was given."""

    item: Item
    text: str
    guidance: str
    value: str = ""
    note: str = ""
    wrong: Words = ""

    @property
    def choices(self) -> list[tuple[str, Words]]:
        """What can be chosen: value and words."""
        if self.item.kind == YES_NO:
            given: list[tuple[str, Words]] = [(YES, WORDS[YES]), (NO, WORDS[NO])]
        elif self.item.kind == SCALE:
            given = [(str(grade), str(grade)) for grade in range(self.item.top + 1)]
        else:
            return []
        return [*given, (SKIPPED, WORDS[SKIPPED])] if self.item.may_skip else given

    @property
    def shape(self) -> str:
        """How it is asked: choose, list, number, photo, text."""
        if self.item.kind in (YES_NO, SCALE):
            return "choose" if self.item.top <= _EASY_SCALE else "list"
        if self.item.kind in MEASURED:
            return "number"
        return "photo" if self.item.kind == PHOTO else "text"

    @property
    def pictured(self) -> bool:
        """Whether photos are asked for here."""
        return self.item.kind == PHOTO or self.item.evidence in (ASKED, NEEDED)


@dataclass(slots=True)
class Part:
    """One section on the page."""

    title: str
    rows: list[Row] = field(default_factory=list)


class VisitForm:
    """One checklist on the page, and what was sent of it."""

    def __init__(
        self,
        form: Form,
        language: str,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
    ) -> None:
        self.form, self.data, self._files = form, data or {}, files
        self.sent = data is not None
        self.client = self._text("client") or str(uuid4())
        self.strokes, self.words = self._text("strokes"), self._text("words")
        self.refused: Words = ""
        self.parts = [
            Part(
                said(section.title, language),
                [self._row(item, language) for item in section.items],
            )
            for section in form.sections
        ]

    @property
    def rows(self) -> Iterator[Row]:
        """All items in their order."""
        for part in self.parts:
            yield from part.rows

    @property
    def wrongs(self) -> list[Row]:
        """The items whose answer is none."""
        return [row for row in self.rows if row.wrong]

    def brought(self, *, photos: bool) -> Brought:
        """Return what comes in. `photos`: draw them anew; not again for what was taken in before.

        Refuses: not_an_answer; no_client; too_many_photos; and as `uploads.rebuild`.
        """
        if self.wrongs:
            raise Refused(
                "not_an_answer", _("Some answers are missing or wrong: see what is marked.")
            )
        answers = {
            row.item.key: {"v": _typed(row.item, row.value), "n": row.note}
            for row in self.rows
            if row.value
        }
        filled = Filled(answers=answers, client=self._client(), filled_at=self._moment())
        shown = self._photos() if photos else {}
        return Brought(filled=filled, photos=shown, signed=Signed(self.strokes, self.words))

    def _row(self, item: Item, language: str) -> Row:
        row = Row(item, said(item.text, language), said(item.guidance, language))
        row.value, row.note = self._text(f"v.{item.key}"), self._text(f"n.{item.key}")
        if self._text(f"s.{item.key}"):
            row.value = SKIPPED
        if row.item.kind == PHOTO and row.note and not row.value:
            row.value, row.note = row.note, ""
        if self.sent and row.value and (wrong := fault(item, _typed(item, row.value))):
            row.wrong = _WRONG.get(wrong, _WRONG["not_an_answer"])
        elif self.sent and row.note and not row.value:
            row.wrong = _WRONG["note_alone"]
        return row

    def _text(self, name: str) -> str:
        return str(self.data.get(name, "")).replace("\0", "").strip()

    def _client(self) -> UUID:
        try:
            return UUID(self.client)
        except ValueError:
            raise Refused("no_client", _("The sheet does not say which one it is.")) from None

    def _moment(self) -> datetime | None:
        try:
            moment = parse_datetime(self._text("filled_at"))
        except ValueError:
            return None
        return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None

    def _photos(self) -> dict[str, list[Rebuilt]]:
        given = {
            row.item.key: self._files.getlist(f"p.{row.item.key}") if self._files else []
            for row in self.rows
        }
        if sum(map(len, given.values())) > MOST_PHOTOS:
            raise Refused("too_many_photos", _("Twelve photos of a visit are enough."))
        return {
            item: [rebuild(one.read(), name=one.name or "") for one in files]
            for item, files in given.items()
            if files
        }


def _typed(item: Item, value: str) -> object:
    if item.kind == SCALE and value != SKIPPED:
        return int(value) if value.isdecimal() and len(value) <= 3 else value
    return value
