"""A town whose courses are counted record by record, for the release gate: fictional counties and made-up records."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from linli.atlas.actions import products, releases
from linli.atlas.actions.products import ProductDraft
from linli.facts.rules.figures import Cell, Figure, Record
from linli.facts.rules.periods import year
from linli.kernel.actors import Role
from tests.town import directory
from tests.town.staff import actor

LATE = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
CODE = "talks.heard"
CITY = "990100"
COUNTIES = ("990101", "990102", "990103", "990104", "990105", "990106")
# One county of few, one of nobody.
HEARD = {"990101": 124, "990102": 63, "990103": 4, "990104": 87, "990105": 0, "990106": 41}


def town():
    """Make a city of six counties."""
    city = directory.area(CITY, name="测试市", level="city")
    for number, code in enumerate(COUNTIES, 1):
        directory.area(code, name=f"测试{number}县", level="county", parent=city)
    return city


def records(heard=None, *, on=date(2025, 6, 1), towns=False):
    """Return one record a person; towns: told by the town, not by the county."""
    number = count()
    return [
        Record(f"talk {next(number)}", f"{area}001000" if towns else area, on, 1)
        for area, people in (HEARD if heard is None else heard).items()
        for _ in range(people)
    ]


def figure(kept, *, code=CODE, **given):
    """Return a figure that counts a list of records."""

    def of(_at, period):
        return [one for one in kept if period.start <= one.on < period.until]

    return Figure(**{
        "name": code, "title": "听讲人数", "title_en": "People who heard a talk", "unit": "person",
        "kind": "count", "definition": "当年听讲的人数。", "computed_by": "邻里", "adds_up": True,
        "about_people": True, "version": lambda: str(len(kept)), "records": of,
        "cells": lambda _at: [Cell(CITY, year(2025), Decimal(len(kept)))],
    } | given)  # fmt: skip


def counts(monkeypatch, *figures):
    """Let engines declare these figures and no others."""
    monkeypatch.setattr("linli.atlas.queries.counting.declared", lambda: iter(figures))


def draft(**given):
    """Return a product by county and year."""
    return ProductDraft(**{
        "code": "talks-by-county", "name": "各县听讲人数", "name_en": "Talks by county", "scope": CITY,
        "level": "county", "length": "year", "begins_on": date(2025, 1, 1), "figures": (CODE,),
    } | given)  # fmt: skip


def declared(**given):
    """Declare it."""
    return products.declare(by=actor(), at=LATE, draft=draft(**given))


def proposed(**given):
    """Return the release that the calendar proposes first."""
    return releases.propose(by=actor(), at=LATE, product=declared(**given))[0]


def frozen(**given):
    """Return it frozen."""
    return releases.freeze(by=actor(), at=LATE, release=proposed(**given))


def second(role=Role.SUPERVISOR):
    """Return somebody else."""
    return actor(role, name="乙", unit="统计局")


def released(**given):
    """Return it released."""
    return releases.release(by=second(), at=LATER, release=frozen(**given))


def heard(monkeypatch):
    """Make the town and what it counts; return the records, which a test may change."""
    kept = records()
    town()
    counts(monkeypatch, figure(kept))
    return kept
