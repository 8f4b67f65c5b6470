"""What the matrix asks of the release gate: one release in each state, a product of which nothing is proposed yet."""

from datetime import date

from linli.atlas.actions import products, releases
from tests.town import atlas_keep
from tests.town.staff import actor

__all__ = ["SENT", "build"]
_FREEZES = actor(name="冻结人")


def build(*, at):
    """Return the parts of addresses."""
    atlas_keep.town()
    first = date(at.year - 5, 1, 1)
    given = {"begins_on": first, "figures": ("offers.attended",), "wait_days": 1}
    product = products.declare(by=_FREEZES, at=at, draft=atlas_keep.draft(**given))
    fresh = products.declare(
        by=_FREEZES,
        at=at,
        draft=atlas_keep.draft(code="fresh", **given | {"figures": ("offers.passed",)}),
    )
    waits, frozen, refused, released, *_ = releases.propose(by=_FREEZES, at=at, product=product)
    for one in (frozen, released):
        releases.freeze(by=_FREEZES, at=at, release=one)
    releases.refuse(by=_FREEZES, at=at, release=refused, reason="记录不全")
    releases.release(by=actor(name="复核人"), at=at, release=released)
    return {
        "people's product": {"code": product.code},
        "fresh product": {"code": fresh.code},
        "waiting release": {"code": waits.code},
        "frozen release": {"code": frozen.code},
        "refused release": {"code": refused.code},
        "people's release": {"code": released.code},
    }


SENT = {
    ("atlas:product_new", "valid"): lambda _has: {
        "name": "各县结业人数", "code": "finished", "scope": atlas_keep.CITY, "level": "county", "length": "year",
        "begins_on": "2025-01-01", "wait_days": "30", "threshold": "10", "variance": "2.0",
        "figures": ["offers.completed"],
    },
    ("atlas:release_refuse", "valid"): lambda _has: {"reason": "记录不全"},
}  # fmt: skip
