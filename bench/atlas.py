"""The atlas over a million facts: the map of a figure, a tile of a dashboard, and two places side by side.

Each database is measured in a process of its own, through the pages themselves: what a reader waits for.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
RUNS = 15
CITIES, COUNTIES, INDICATORS = 25, 20, 20  # counties in each city
FACTS = 1_000_000  # 500 counties, 20 indicators, 100 periods
ENOUGH = 200  # milliseconds


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table for both databases."""
    yield from _measured("SQLite", [sys.executable, "-m", "bench.atlas"])
    if any(Path("/usr/lib/postgresql").glob("*/bin")):
        command = ["tools/with_postgres.sh", sys.executable, "-m", "bench.atlas"]
        yield from _measured("PostgreSQL", command)
    else:
        yield Row("atlas, PostgreSQL", "not installed here", "", "", "")


def _measured(database: str, command: list[str]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LINLI_HOME": home}
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
    said = json.loads(done.stdout.splitlines()[-1])
    for what, (middle, slowest) in said.items():
        yield Row(
            f"{what}, {FACTS:,} facts, {database}",
            f"{middle:.0f} ms (slowest of {RUNS}: {slowest:.0f})",
            "",
            "",
            f"< {ENOUGH} ms",
        )


def _measure() -> dict[str, tuple[float, float]]:
    """Fill this process's own database and return the times in milliseconds: middle and slowest."""
    from django.core.management import call_command  # noqa: PLC0415 - after the settings
    from django.test import Client  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    _fill()
    client = Client()
    figure, pair = "/atlas/?indicator=bench.i3&area=990300", "/atlas/compare/?a=990301&b=990302"
    return {
        "tile of a dashboard, 20 places": _timed(_tile),
        "page of a figure: map, table, words": _timed(partial(_get, client, figure)),
        "page of two places side by side": _timed(partial(_get, client, pair)),
    }


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    work()
    times = []
    for _run in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - began))
    return median(times), max(times)


def _get(client: Any, address: str) -> None:  # noqa: ANN401 - Django's client, after the settings
    if client.get(address).status_code != 200:
        raise SystemExit(address)


def _tile() -> None:
    """Do what a tile of a dashboard does: read the cells of one figure, draw them, say them."""
    from linli.atlas.queries.cells import cells  # noqa: PLC0415 - after the settings
    from linli.atlas.schemas.telling_cells import sentences  # noqa: PLC0415
    from linli.atlas.views.shown import map_of, squares  # noqa: PLC0415
    from linli.directory.models import Area  # noqa: PLC0415
    from linli.facts.models import Indicator  # noqa: PLC0415
    from linli.facts.rules.periods import year  # noqa: PLC0415

    indicator = Indicator.objects.get(code="bench.i5")
    areas = list(Area.objects.filter(parent="990500"))
    found = cells(indicator, areas, year(2015))
    if map_of(found, indicator, squares("990500", areas)) is None or not found[0].value:
        raise SystemExit("nothing was drawn")
    sentences(found, None, indicator)


def _fill() -> None:
    """Write areas, indicators and a million facts the short way, by the database itself: what is measured is reading."""
    from django.db import connection  # noqa: PLC0415 - after the settings

    from linli.directory.models import Area  # noqa: PLC0415
    from linli.facts.actions import cite_statement  # noqa: PLC0415
    from linli.facts.models import Indicator  # noqa: PLC0415
    from linli.facts.rules.periods import month, year  # noqa: PLC0415
    from linli.kernel.actors import system  # noqa: PLC0415

    by, at = system("bench"), datetime(2026, 1, 1, tzinfo=UTC)
    cities = [_area(f"99{city:02}00", None) for city in range(1, CITIES + 1)]
    Area.objects.bulk_create(cities)
    Area.objects.bulk_create(
        _area(f"{city.code[:4]}{county:02}", city)
        for city in cities
        for county in range(1, COUNTIES + 1)
    )
    Indicator.objects.bulk_create(
        Indicator(code=f"bench.i{number}", name=f"指标{number}", unit="item", kind="count")
        for number in range(INDICATORS)
    )
    evidence = cite_statement(by=by, at=at, source="统计局", words="数。")
    periods = [year(2008 + number) for number in range(10)]
    periods += [month(2018 + number // 12, number % 12 + 1) for number in range(90)]
    with connection.cursor() as cursor:
        days = " UNION ALL ".join(["SELECT %s AS f, %s AS u"] * len(periods))
        known = [day for period in periods for day in period]
        cursor.execute(_INSERT.format(days=days), [at, evidence.pk, *known])
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM facts_fact")
        if cursor.fetchone() != (FACTS,):
            raise SystemExit("not a million facts")


_INSERT = """
    INSERT INTO facts_fact (by_name, by_role, by_unit, at, indicator_id, area_id, period_from, period_until, value, bound,
        low, high, low_in, high_in, status, evidence_id, supersedes_id, reason)
    SELECT 'bench', 'system', '', %s, i.id, a.code, p.f, p.u, v.value, 'exact', v.value, v.value, true, true,
        'evidenced', %s, NULL, ''
    FROM directory_area a CROSS JOIN facts_indicator i CROSS JOIN ({days}) p
    JOIN (SELECT id, id * 37 AS value FROM facts_indicator) v ON v.id = i.id
    WHERE a.level = 'county' AND i.code LIKE 'bench.%%'
"""


def _area(code: str, parent: Any) -> Any:  # noqa: ANN401 - an area, after the settings
    from linli.directory.models import Area  # noqa: PLC0415

    level = "county" if parent else "city"
    return Area(code=code, name=f"地{code}", level=level, parent=parent, from_year=1950)


def main() -> int:
    """Measure this process's database and print the times as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    import django  # noqa: PLC0415 - after the setting

    django.setup()
    from django.test.utils import override_settings, setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    with override_settings(STORAGES={"default": kept, "staticfiles": files}):
        print(json.dumps(_measure()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
