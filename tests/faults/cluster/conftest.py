"""The city and its house are made once for all drills; what came of each is one table at the end, and build/cluster.json."""

import json
import signal
from dataclasses import asdict, dataclass

import pytest

from tests.faults.server import ROOT

FOUND = []


@dataclass
class Row:
    """One fault: what was to come of it, what did, and what shows that we would have seen it."""

    number: int
    fault: str
    target: str
    result: str
    control: str = ""


@pytest.fixture(scope="session")
def city():
    from tests.faults.cluster.city import City
    from tests.faults.cluster.needs import Missing

    # Whoever is told to stop ends what it began, too.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with City() as made:
            yield made
    except Missing as error:
        pytest.skip(str(error))
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="session")
def house(city, tmp_path_factory):
    from tests.faults.cluster.house import House

    made = House(tmp_path_factory.mktemp("cluster") / "home", database=city.url)
    city.fill()
    made.prepare()
    made.start()
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.kill()


@pytest.fixture
def found():
    """Take one row of the table."""

    def take(*said):
        FOUND.append(Row(*said))

    return take


def pytest_terminal_summary(terminalreporter):
    """Print one line for each: `fault 13: …`, as tools/faults.py reads them."""
    if not FOUND:
        return
    (ROOT / "build" / "cluster.json").write_text(
        json.dumps([asdict(row) for row in FOUND], ensure_ascii=False, indent=1)
    )
    terminalreporter.section("when the database's machine dies")
    for row in FOUND:
        said = f"fault {row.number}: {row.fault}: {row.result} (target: {row.target})"
        terminalreporter.line(f"{said} (control: {row.control})" if row.control else said)
