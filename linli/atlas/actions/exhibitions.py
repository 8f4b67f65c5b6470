"""Hang an exhibition, open it, close it. Its row is locked first: whoever opens it, opens what they saw."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.atlas.actions.owning import own
from linli.atlas.models import Exhibition, ExhibitionEdition
from linli.atlas.queries.exhibitions import content, digest, works_of
from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitionDraft:
    """What an exhibition is called in three languages, and what it is about."""

    unit: Unit
    kind: str
    title: str
    title_hant: str
    title_en: str
    about: str
    about_hant: str = ""
    about_en: str = ""

    @property
    def said(self) -> dict[str, str]:
        """All of it but the unit."""
        names = ("title", "title_hant", "title_en", "about", "about_hant", "about_en")
        return {"kind": self.kind} | {name: getattr(self, name).strip() for name in names}


@transaction.atomic
def begin_exhibition(*, by: Actor, at: datetime, draft: ExhibitionDraft) -> Exhibition:
    """Begin an exhibition that nobody outside sees yet.

    Refuses: not_allowed; not_own_unit; unknown_kind; no_title unless it is titled in three languages; no_words.
    """
    own(by=by, at=at, unit=draft.unit)
    _check(draft)
    return Exhibition.objects.create(
        code=new_code(), unit=draft.unit, changed_at=at, changed_by=by.name, **draft.said, **signed(by, at)
    )  # fmt: skip


@transaction.atomic
def change_exhibition(
    *, by: Actor, at: datetime, exhibition: Exhibition, draft: ExhibitionDraft
) -> Exhibition:
    """Change the titles of a draft; what is open stays as it is.

    Refuses: not_allowed; not_own_unit; unknown_kind; no_title; no_words.
    """
    kept = held(by=by, at=at, exhibition=exhibition)
    _check(draft)
    for name, value in draft.said.items():
        setattr(kept, name, value)
    kept.save(update_fields=[*draft.said])
    return kept


@transaction.atomic
def open_exhibition(
    *, by: Actor, at: datetime, exhibition: Exhibition, seen: str
) -> ExhibitionEdition:
    """Open an exhibition to everybody as it was `seen`: the digest of the draft that the planner looked at.

    Refuses: not_allowed unless a planner asks; no_works; changed_meanwhile; own_draft when the planner was the last to
    change it; nothing_new when just this is open already.
    """
    allow(by, Role.PLANNER)
    kept = Exhibition.objects.select_for_update(no_key=True).get(pk=exhibition.pk)
    works = works_of(kept)
    if not works:
        raise Refused("no_works", _("Nothing hangs here yet."))
    told = content(kept, works)
    if digest(told) != seen:
        raise Refused(
            "changed_meanwhile",
            _("Somebody changed the exhibition since you looked. Look at it again."),
            status=409,
        )
    if kept.changed_by == by.name:
        raise Refused("own_draft", _("You changed this exhibition last: somebody else opens it."))
    newest = kept.editions.order_by("-number").first()
    if newest and newest.digest == seen and kept.closed_at is None:
        raise Refused("nothing_new", _("Just this is open already."), status=409)
    if kept.closed_at is not None:
        kept.closed_at = None
        kept.save(update_fields=["closed_at"])
    return ExhibitionEdition.objects.create(
        exhibition=kept, number=newest.number + 1 if newest else 1, content=told, digest=seen,
        drafted_by=kept.changed_by, **signed(by, at),
    )  # fmt: skip


@transaction.atomic
def close_exhibition(*, by: Actor, at: datetime, exhibition: Exhibition) -> Exhibition:
    """Show an exhibition to nobody outside any more; its editions stay on record.

    Refuses: not_allowed; not_own_unit; not_open.
    """
    kept = Exhibition.objects.select_for_update(no_key=True).get(pk=exhibition.pk)
    own(by=by, at=at, unit=kept.unit)
    if kept.closed_at is not None or not kept.editions.exists():
        raise Refused("not_open", _("This exhibition is not open."), status=409)
    kept.closed_at = at
    kept.save(update_fields=["closed_at"])
    return kept


def held(*, by: Actor, at: datetime, exhibition: Exhibition) -> Exhibition:
    """Return an exhibition's row, locked and marked as changed by whoever changes it. Only inside a transaction.

    Refuses: not_allowed; not_own_unit.
    """
    rows = Exhibition.objects.select_for_update(no_key=True, of=("self",)).select_related("unit")
    kept = rows.get(pk=exhibition.pk)
    own(by=by, at=at, unit=kept.unit)
    kept.changed_at, kept.changed_by = at, by.name
    kept.save(update_fields=["changed_at", "changed_by"])
    return kept


def _check(draft: ExhibitionDraft) -> None:
    said = draft.said
    if said["kind"] not in dict(Exhibition.KINDS):
        raise Refused("unknown_kind", _("Choose whether it is an exhibition or a reading wall."))
    if not (said["title"] and said["title_hant"] and said["title_en"]):
        raise Refused("no_title", _("Give the title in all three languages."))
    if not said["about"]:
        raise Refused("no_words", _("Say it in words."))
