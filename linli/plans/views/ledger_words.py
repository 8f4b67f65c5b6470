"""How lamps are said and shown to a reader: a word and a shape, then a colour."""

from linli.plans.rules.lamp import Lamp
from linli.plans.schemas.ledger import LAMPS, REASONS

__all__ = ["LAMPS", "REASONS", "STATES"]

# The states that ui/ has a shape and a colour for.
STATES: dict[Lamp, str] = {
    Lamp.RED: "late",
    Lamp.AMBER: "soon",
    Lamp.BLUE: "note",
    Lamp.GREEN: "done",
    Lamp.GREY: "plain",
}
