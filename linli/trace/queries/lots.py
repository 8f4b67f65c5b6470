"""Lots by whatever names them: our code, an address, a scanned bar code; and who an operator's key is."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.kernel.actors import Actor, Role
from linli.trace.models import BookLine, Lot, Operator, OperatorKey
from linli.trace.rules.codes import digital_links, lot_codes, seeking
from linli.trace.rules.codes.element_values import Malformed
from linli.trace.rules.epcis.canonical_uris import canonical_uri

_GTIN, _LOT = "01", "10"


def site() -> str:
    """Return the address that this site's names of things begin with; it stays when the server moves."""
    return f"https://{settings.LOG_ORIGIN.removesuffix('/log')}"


def own_uri(code: str) -> str:
    """Return how events name a lot that has our own code: it does not pretend to be a GS1 key."""
    return site() + lot_codes.path(code)


def gs1_uri(gtin: str, number: str) -> str:
    """Return how events name a lot of a GTIN. Raises Malformed for a number that no bar code can hold."""
    return canonical_uri(digital_links.write([(_GTIN, gtin), (_LOT, number)]))


def find(text: str) -> Lot | None:
    """Return the lot that a code, an address, a GS1 path or a scanned bar code names, None where none is known."""
    plain = text.strip()
    if plain.startswith("/"):
        plain = (site() if plain.startswith(lot_codes.PATH) else digital_links.CANONICAL) + plain
    for sought in seeking.seek(plain):
        if sought.kind == "lot":
            found = _lots().filter(code=sought.code).first()
        else:
            found = _lots().filter(uri=_uri_of(dict(sought.pairs))).first()
        if found is not None:
            return found
    return None


def by_uris(uris: Iterable[str]) -> dict[str, Lot]:
    """Return the lots that these names name, as events spell them. One query."""
    return {lot.uri: lot for lot in _lots().filter(uri__in=list(uris))}


def by_codes(codes: Iterable[str]) -> QuerySet[Lot]:
    """Return the lots of these codes of ours."""
    return _lots().filter(code__in=list(codes))


def lots_of(operator: Operator) -> QuerySet[Lot]:
    """Return the lots that an operator made, took in, or opened; the last made first."""
    mine = Exists(BookLine.objects.filter(lot=OuterRef("pk"), operator=operator, wrong_at=None))
    return _lots().filter(Q(product__operator=operator) | Q(mine))


def lots_seen(by: Actor) -> QuerySet[Lot]:
    """Return the lots that a member of staff sees: an officer those made by operators of the own unit."""
    if by.role == Role.OFFICER:
        return _lots().filter(premises__operator__unit__name=by.unit)
    return _lots()


def searched(lots: QuerySet[Lot], words: str) -> QuerySet[Lot]:
    """Return those whose code, number, product or business has these words."""
    if not words:
        return lots
    known = find(words)
    if known is not None:
        return lots.filter(pk=known.pk)
    return lots.filter(
        Q(number__istartswith=words)
        | Q(product__name__icontains=words)
        | Q(premises__operator__name__icontains=words)
    )


def operator_of_key(key: int) -> Operator | None:
    """Return the operator whose phrase this row still is, or None. One query."""
    found = OperatorKey.objects.filter(
        pk=key, kind=OperatorKey.PHRASE, ended_at=None, operator__closed_on=None
    )
    one = found.select_related("operator__unit").first()
    return one.operator if one else None


def _lots() -> QuerySet[Lot]:
    return Lot.objects.select_related("product", "premises__operator__unit")


def _uri_of(pairs: dict[str, str]) -> str:
    if _GTIN not in pairs or _LOT not in pairs:
        return ""
    try:
        return gs1_uri(pairs[_GTIN], pairs[_LOT])
    except Malformed:
        return ""
