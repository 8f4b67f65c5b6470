"""One deed in the directory: who may do it, what it says, and what is entered about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.directory.actions.entries import refresh_entry
from linli.directory.actions.wrongs import WRONGS
from linli.directory.models import (
    Area,
    Change,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)
from linli.directory.queries.drafts import Thing
from linli.directory.queries.keeping import may_keep
from linli.directory.queries.standing import EDITION
from linli.directory.rules.checking import faults
from linli.directory.rules.drafts import Draft, Said, ServiceDraft, differences
from linli.directory.rules.eligibility_grammar import texts_of
from linli.kernel.actors import Actor
from linli.kernel.editions import new_edition
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.traits import TRAIT

Found = Organization | Service | Location

KINDS: dict[type[Model], str] = {
    Organization: "organization",
    Service: "service",
    Location: "location",
    ServiceAtLocation: "offer",
    TaxonomyTerm: "term",
}


# What the search is to find anew once all of it is written.
_WAITING: ContextVar[list[Found] | None] = ContextVar("waiting", default=None)


@contextmanager
def together(*, by: Actor, at: datetime) -> Iterator[None]:
    """Write many things in one transaction; the search follows once, at its end.

    Refuses: nothing of its own; what is done inside refuses, and then nothing of all this is written.
    """
    waiting: list[Found] = []
    token = _WAITING.set(waiting)
    try:
        with transaction.atomic():
            yield
            refresh_entry(*dict.fromkeys(waiting), by=by, at=at)
            new_edition(EDITION)
    finally:
        _WAITING.reset(token)


class Wrong(Refused):
    """The refusal of a draft, in the words that belong to its code."""

    def __init__(self, code: str) -> None:
        super().__init__(code, WRONGS[code])


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed of one actor at one moment. What it writes, it writes in the caller's transaction."""

    by: Actor
    at: datetime

    @property
    def assurer(self) -> str:
        """Who has looked: the unit, never a person; a job by its name."""
        return self.by.unit or self.by.name

    def area(self, code: str) -> Area:
        """Return the area of that code."""
        return _only(Area.objects.filter(code=code), "unknown_area")

    def areas(self, codes: tuple[str, ...]) -> list[Area]:
        """Return the areas of these codes."""
        found = list(Area.objects.filter(code__in=codes))
        if len(found) < len(set(codes)):
            raise Wrong("unknown_area")
        return found

    def organization(self, uuid: UUID) -> Organization:
        """Return the organization, which this actor must keep."""
        found = _only(
            Organization.objects.select_related("unit").filter(uuid=uuid), "unknown_organization"
        )
        self.let(found)
        return found

    def terms(self, names: tuple[str, ...]) -> list[TaxonomyTerm]:
        """Return the terms of these names, each "taxonomy/code"."""
        codes = {name.partition("/")[2] for name in names}
        terms = TaxonomyTerm.objects.filter(code__in=codes)
        found = {f"{term.taxonomy}/{term.code}": term for term in terms}
        if not set(names) <= found.keys():
            raise Wrong("unknown_term")
        return [found[name] for name in sorted(set(names))]

    def let(self, organization: Organization) -> None:
        """Go on for whoever keeps what this organization offers.

        Refuses: not_allowed for everybody else.
        """
        if not may_keep(self.by, organization):
            raise Refused("not_allowed", _("Your role may not do this."), status=403)

    def still(self, thing: Service | Location, seen: datetime | None) -> None:
        """Go on while the thing is as somebody has seen it.

        Refuses: changed_meanwhile when it is not.
        """
        if seen is not None and thing.last_modified != seen:
            raise Wrong("changed_meanwhile")

    def check(self, draft: Draft) -> None:
        """Go on with a draft that has no fault; nothing of it has been written yet.

        Refuses: no_name; too_long; too_many_parts; unknown_status, unknown_kind, unknown_form,
        unknown_way_in, unknown_language, unknown_way_of_speaking, unknown_days_off; language_stands_twice;
        not_a_rule_of_days; closes_before_it_opens; ends_before_it_begins; promises_more_than_the_law;
        number_out_of_range; not_on_the_map; not_a_number; not_a_rule; group_of_people; trait_of_a_person.
        """
        for code in faults(draft):
            raise Wrong(code)
        if isinstance(draft, ServiceDraft) and any(map(TRAIT.search, texts_of(draft.rules))):
            raise Wrong("trait_of_a_person")

    def enter(self, thing: Thing, verb: str, was: Said, becomes: Said) -> bool:
        """Enter what changed, and let the search know; say whether anything did."""
        was, becomes = differences(was, becomes)
        if verb == "amended" and not becomes:
            return False
        note = {"kind": KINDS[type(thing)], "thing": thing.uuid, "verb": verb}
        Change.objects.create(was=was, becomes=becomes, **note, **signed(self.by, self.at))
        waiting = _WAITING.get()
        # What a place says of itself does not change with what is offered there.
        found = thing.service if isinstance(thing, ServiceAtLocation) else thing
        if waiting is None:
            refresh_entry(found, by=self.by, at=self.at)
        else:
            waiting.append(found)
        self.renew()
        return True

    def renew(self) -> None:
        """Give the directory a new edition; of many deeds together the end does so, once."""
        if _WAITING.get() is None:
            new_edition(EDITION)


T = TypeVar("T", bound=Model)


def _only(found: QuerySet[T], code: str) -> T:
    for one in found[:1]:
        return one
    raise Wrong(code)
