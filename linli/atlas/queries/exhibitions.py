"""Exhibitions: those a member of staff works with, those that everybody visits, and what an edition is made of."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from linli.atlas.models import Exhibition, ExhibitionEdition, Work
from linli.atlas.models.exhibition import ExhibitionQuerySet
from linli.atlas.queries.boards import LANGUAGES, digest
from linli.kernel.actors import Actor, Role

__all__ = ["Neighbours", "content", "digest", "neighbours", "opened", "opened_editions", "visible_exhibitions", "works_of"]  # fmt: skip
_SAID = ("title", "text", "shows", "says")
_PLAIN = ("source", "source_name", "maker", "made", "picture", "picture_type", "sound")


class Neighbours(NamedTuple):
    """One place of a tour: the numbers of the works before and behind it, None at its ends."""

    before: int | None
    behind: int | None


def visible_exhibitions(by: Actor) -> ExhibitionQuerySet:
    """Return the exhibitions that this member of staff works with: an officer the own unit's, a planner all."""
    found = Exhibition.objects.select_related("unit")
    return found.filter(unit__name=by.unit) if by.role == Role.OFFICER else found


def works_of(exhibition: Exhibition) -> list[Work]:
    """Return the works of a draft in the order of the tour."""
    return list(exhibition.works.order_by("position", "id"))


def opened(code: str) -> ExhibitionEdition | None:
    """Return the newest edition of an exhibition that everybody may visit."""
    editions = ExhibitionEdition.objects.filter(exhibition__code=code, exhibition__closed_at=None)
    return editions.select_related("exhibition__unit").order_by("-number").first()


def opened_editions(exhibitions: Iterable[Exhibition]) -> dict[int, ExhibitionEdition]:
    """Return the newest edition of each of these, by the exhibition's id. One query."""
    found = ExhibitionEdition.objects.filter(exhibition__in=list(exhibitions)).order_by("number")
    return {edition.exhibition_id: edition for edition in found}


def content(exhibition: Exhibition, works: Iterable[Work]) -> dict[str, Any]:
    """Return what an edition of this draft would be."""
    return {
        "kind": exhibition.kind,
        "title": _in_three(exhibition, "title"),
        "about": _in_three(exhibition, "about"),
        "works": [
            {name: getattr(work, name) for name in _PLAIN}
            | {name: _in_three(work, name) for name in _SAID}
            for work in works
        ],
    }


def neighbours(number: int, count: int) -> Neighbours:
    """Return the works beside the `number`th of so many."""
    return Neighbours(number - 1 if number > 1 else None, number + 1 if number < count else None)


def _in_three(of: Exhibition | Work, name: str) -> dict[str, str]:
    said = (getattr(of, name), getattr(of, f"{name}_hant"), getattr(of, f"{name}_en"))
    return dict(zip(LANGUAGES, said, strict=True))
