"""What may be done in the directory. One function, one transaction."""

from linli.directory.actions.areas import take_in_areas
from linli.directory.actions.units import UnitDraft, amend_unit, close_unit, open_unit

__all__ = ["UnitDraft", "amend_unit", "close_unit", "open_unit", "take_in_areas"]
