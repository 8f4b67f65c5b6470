"""What a business does when an event happens: the activity that a permit must be for, so that it may. Pure.

Making asks for a permit to make; goods are moved by whoever has a permit for anything; throwing away asks for none.
"""

from collections.abc import Collection
from typing import Final

MAKING: Final = frozenset(
    {"commissioning", "creating_class_instance", "assembling", "installing", "replacing"}
)
RECEIVING: Final = frozenset({"receiving", "accepting", "arriving"})
SELLING: Final = frozenset({"retail_selling", "dispensing"})
FREE: Final = frozenset(
    {"destroying", "inspecting", "sampling", "decommissioning", "killing", "sensor_reporting"}
)
_MAKERS: Final = ("slaughter", "processing", "catering")
_SELLERS: Final = ("retail", "catering", "wholesale")
_MOVERS: Final = ("storage", "wholesale", "retail", "processing", "slaughter", "catering")


def is_making(kind: str, step: str) -> bool:
    """Return whether an event of this kind and step makes goods."""
    return kind == "TransformationEvent" or step in MAKING


def activity_of(
    kind: str, step: str, done: Collection[str], allowed: Collection[str] = ()
) -> str | None:
    """Return the activity of an event at premises where these are done; None where it asks for no permit.

    allowed: what permits of the premises were ever for. What is both done and allowed comes first, so that whoever may
    do one of several things is not blamed for another.
    """
    if step in FREE:
        return None
    among = _MAKERS if is_making(kind, step) else _SELLERS if step in SELLING else _MOVERS
    ranked = sorted(among, key=lambda one: (one not in done, one not in allowed, among.index(one)))
    return ranked[0]
