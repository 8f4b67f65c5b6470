"""The parts of a thing (papers, prices, hours, phones …), made to say what a draft says.

A part that stays the same, or is only amended, stays the same row with the same UUID: whoever has read the
directory before recognises it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Manager

from linli.directory.rules.drafts import Part

_ASIDE = 1000  # more than there are positions


@dataclass(frozen=True, slots=True)
class Parts:
    """All rows of one kind that belong to one thing. ordered: they keep their order in `position`."""

    rows: Manager[Any]
    ordered: bool = False
    amends: bool = True  # False: a changed part is another part

    def become(self, drafts: Sequence[Part]) -> None:
        """Keep, amend, add and remove rows until they say the drafts, in as few writes as it takes."""
        there = list(self.rows.all())
        pairs = self._paired(there, drafts)
        kept = {row.pk for row in pairs if row is not None}
        if gone := [row.pk for row in there if row.pk not in kept]:
            self.rows.filter(pk__in=gone).delete()
        moved = self.ordered and any(
            row is not None and row.position != place for place, row in enumerate(pairs, 1)
        )
        if moved:  # aside first: two rows may not share a place, not even for a moment
            self.rows.update(position=F("position") + _ASIDE)
        for place, (draft, row) in enumerate(zip(drafts, pairs, strict=True), 1):
            self._write(draft, row, place, moved=moved)

    def _write(self, draft: Part, row: Any, place: int, *, moved: bool) -> None:  # noqa: ANN401
        said = _said(draft) | ({"position": place} if self.ordered else {})
        if row is None:
            own = {"uuid": UUID(draft.uuid)} if draft.uuid else {}
            self.rows.create(**said, **own)
        elif moved or any(getattr(row, name) != value for name, value in said.items()):
            self.rows.filter(pk=row.pk).update(**said)

    def _paired(self, there: list[Any], drafts: Sequence[Part]) -> list[Any]:
        """Return for each draft the row that becomes it, or None: by UUID, by what it says, then in order."""
        left, found = list(there), dict[int, Any]()
        tests = (
            lambda draft, row: bool(draft.uuid) and str(getattr(row, "uuid", "")) == draft.uuid,
            lambda draft, row: all(getattr(row, k) == v for k, v in _said(draft).items()),
            lambda draft, row: self.amends and not draft.uuid,
        )
        for test in tests:
            for number, draft in enumerate(drafts):
                row = next((row for row in left if test(draft, row)), None)
                if number not in found and row is not None:
                    found[number] = row
                    left.remove(row)
        return [found.get(number) for number in range(len(drafts))]


def _said(draft: Part) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__ if name != "uuid"}
