"""What the reader knows of areas, handed to the directory: one table for both."""

from datetime import datetime

from linli.directory.actions import take_in_areas
from linli.directory.rules.areas import AreaRecord
from linli.kernel.actors import Actor
from linli.reader.places.areas import table


def hand_over_areas(*, by: Actor, at: datetime) -> int:
    """Give the directory the areas of GB/T 2260 that the reader knows; return how many were new.

    Refuses: not_allowed unless a planner asks.
    """
    records = (
        AreaRecord(area.code, area.name, area.first, area.last and area.last + 1, area.heirs)
        for area in table()
    )
    return take_in_areas(by=by, at=at, records=records)
