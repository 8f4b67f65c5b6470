"""Where a public thing is looked at, for who says that it is wrong and for who puts it right."""

from typing import NamedTuple

from django.urls import reverse

from linli.cases.models import Case, Correction
from linli.cases.queries.things import Thing, thing_of

_PAGES = {
    "service": "directory:service",
    "location": "directory:station",
    "indicator": "facts:public_indicator",
    "fact": "facts:citation",
}


class Pointed(NamedTuple):
    """The thing that a case says is wrong, with its address, and since when it is right."""

    thing: Thing | None
    address: str
    correction: Correction


def address_of(thing: Thing) -> str:
    """Return the address of the thing's own page."""
    return reverse(_PAGES[thing.kind], args=[thing.code])


def pointed_at(case: Case) -> Pointed | None:
    """Return what the case points at, None when at nothing. At most three queries."""
    correction = Correction.objects.filter(case=case).first()
    if correction is None:
        return None
    thing = thing_of(correction)
    return Pointed(thing, address_of(thing) if thing else "", correction)
