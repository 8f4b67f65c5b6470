"""What of food supervision everybody can find: places that work, permits, recalls that run or have ended."""

from typing import Final

from linli.directory.queries.titled import Kind
from linli.trace.models import Permit
from linli.trace.queries.premises_lists import Asked, premises_found
from linli.trace.queries.recalls import public_recalls

KINDS: Final = (
    Kind(
        "premises",
        "trace:premises",
        lambda at: premises_found(Asked(), at),
        title="name",
        beside="operator__name",
        also=("operator__name", "street", "operator__credit_code"),
        area="area",
    ),
    Kind(
        "permits",
        "trace:permit",
        lambda _at: Permit.objects.order_by("-valid_until", "-id"),
        title="number",
        beside="premises__name",
        also=("premises__name",),
        area="premises__area",
    ),
    Kind(
        "recalls",
        "trace:recall",
        lambda _at: public_recalls(),
        title="lot__product__name",
        beside="lot__product__operator__name",
        also=("lot__number", "lot__product__operator__name"),
        area="lot__premises__area",
    ),
)
