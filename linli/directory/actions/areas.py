"""Areas come from the published code table; a newer table adds and ends names, and removes nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from linli.directory.models import Area, AreaName
from linli.directory.queries.standing import EDITION
from linli.directory.rules.areas import AreaRecord, above, level_of
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.editions import new_edition

_AT_A_TIME = 500


@transaction.atomic
def take_in_areas(*, by: Actor, at: datetime, records: Iterable[AreaRecord]) -> int:
    """Bring the directory to the table, and return how many codes were new.

    `at` is when it was done; the years are the table's own. Refuses: not_allowed unless a planner asks.
    """
    allow(by, Role.PLANNER)
    by_code: dict[str, list[AreaRecord]] = {}
    for record in sorted(records, key=lambda record: (record.code, record.from_year)):
        by_code.setdefault(record.code, []).append(record)
    known = set(Area.objects.values_list("code", flat=True))
    codes = known | by_code.keys()
    # Provinces before cities before counties: what stands above must be there first.
    order = sorted(by_code, key=lambda code: (_RANK[level_of(code)], code))
    Area.objects.bulk_create(
        [_area(by_code[code], codes) for code in order],
        batch_size=_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent", "from_year", "until_year"],
    )
    AreaName.objects.bulk_create(
        [
            AreaName(
                area_id=code,
                name=record.name,
                from_year=record.from_year,
                until_year=record.until_year,
                heirs=" ".join(record.heirs),
            )
            for code in order
            for record in by_code[code]
        ],
        batch_size=_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["area", "from_year"],
        update_fields=["name", "until_year", "heirs"],
    )
    new_edition(EDITION)
    return len(by_code.keys() - known)


_RANK = {"province": 0, "city": 1, "county": 2, "town": 3, "community": 4}


def _area(records: list[AreaRecord], known: set[str]) -> Area:
    newest = records[-1]
    return Area(
        code=newest.code,
        name=newest.name,
        level=level_of(newest.code),
        parent_id=above(newest.code, known),
        from_year=records[0].from_year,
        until_year=newest.until_year,
    )
