"""What an address of GS1 Digital Link names here, and which links we know of it. Nothing that is not ours is claimed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.trace.models import Lot, Premises, Product
from linli.trace.queries.lots import gs1_uri
from linli.trace.rules.codes import lot_codes
from linli.trace.rules.codes.digital_links import Link, levels, write
from linli.trace.rules.codes.element_values import Malformed
from linli.trace.rules.codes.linksets import VOCABULARY, Target
from linli.ui.languages import LANGUAGES

_GTIN, _VARIANT, _LOT, _GLN = "01", "22", "10", "414"
KEYS: Final = ("00", "01", "253", "255", "401", "402", "414", "417", "8003", "8004", "8006", "8010", "8013")  # fmt: skip
_PAGE: Final = "text/html"
_PIP, _PAPERS, _EVENTS = (VOCABULARY + one for one in ("pip", "certificationInfo", "epcis"))


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is ours: its address as far as we know it, what it is, and where it is told of."""

    anchor: str
    name: str
    lot: Lot | None
    premises: Premises | None


def known(link: Link) -> Known | None:
    """Return what an address names: this very lot, else the kind of goods, else a place; None where none is ours."""
    for level in levels(link):
        found = _at(dict(level))
        if found is not None:
            name, lot, premises = found
            return Known(write(level, link.stem), name, lot, premises)
    return None


def targets(thing: Known, host: str) -> list[Target]:
    """Return all links of a thing: for consumers first, for inspectors, and for programs."""
    found: list[Target] = []
    if thing.lot is not None:
        page = host + lot_codes.path(thing.lot.code)
        found.append(Target(page, thing.name, media=_PAGE))
        found += [
            Target(f"{page}?lang={one.code}", thing.name, _PIP, one.tag, _PAGE) for one in LANGUAGES
        ]
        events = f"{host}/epcis/epcs/{quote(thing.lot.uri, safe='')}/events"
        said = _("Events, for whoever may read them")
        found.append(Target(events, said, _EVENTS, media="application/ld+json"))
    if thing.premises is not None:
        found += _of_premises(thing.premises, host, default=thing.lot is None)
    return found


def _of_premises(premises: Premises, host: str, *, default: bool) -> Iterable[Target]:
    for language in LANGUAGES:
        with override(language.code):
            page = host + reverse("trace:premises", args=[premises.code])
        if default:
            yield Target(page, premises.name, language=language.tag, media=_PAGE)
        yield Target(page, premises.name, _PAPERS, language.tag, _PAGE)


def _at(pairs: dict[str, str]) -> tuple[str, Lot | None, Premises | None] | None:
    if _GTIN in pairs:
        ours = {_GTIN, _VARIANT, _LOT}.issuperset(pairs)
        return _of_goods(pairs[_GTIN], pairs.get(_LOT, "")) if ours else None
    if set(pairs) == {_GLN}:
        found = Premises.objects.filter(gln=pairs[_GLN]).first()
        return (found.name, None, found) if found else None
    return None


def _of_goods(gtin: str, number: str) -> tuple[str, Lot | None, Premises | None] | None:
    if number:
        lots = Lot.objects.select_related("product", "premises")
        try:
            lot = lots.filter(uri=gs1_uri(gtin, number)).first()
        except Malformed:
            return None
        return (lot.product.name, lot, lot.premises) if lot else None
    product = Product.objects.filter(gtin=gtin).first()
    if product is None:
        return None
    where = Premises.objects.open().filter(operator=product.operator_id).order_by("id").first()
    return (product.name, None, where) if where else None
