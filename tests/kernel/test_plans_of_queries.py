"""What is asked often, of the tables that grow to millions: along an index, never by reading all of one.

The rows and the questions are those of `make growth`, which measures what this holds.
"""

import re
from importlib import import_module

import pytest

from bench.growth_part import execute, on_postgres
from bench.growth_plan import asked, sorts, ways
from linli.cases.models import Case

pytestmark = pytest.mark.django_db
ROWS = 3_000
# All of so few rows are of one day, and a third of them of one business.
OF_ALL = {"… stood on the last day but one", "a business's newest"}
# What an index hands over in the order that is shown.
IN_ORDER = {
    "cases": {"a unit's queue, first page", "… a page of its middle", "what has ended, first page", "what to raise"},
    "bookings": {"what lapses"},
    "postings": set(),
    "facts": set(),
    "events": set(),  # a page's thirty are fetched by their keys
}  # fmt: skip


@pytest.fixture(params=sorted(IN_ORDER))
def part(request):
    """A table with some rows, which PostgreSQL has counted, and whose reading costs as if there were many more."""
    part = import_module(f"bench.growth_{request.param}").PART
    part.ready()
    part.fill(part.there(), ROWS)
    if on_postgres():
        execute(f"ANALYZE {', '.join(part.tables)}")
        execute("SET LOCAL seq_page_cost = 100; SET LOCAL cpu_tuple_cost = 1")
    yield part
    for one in vars(import_module(f"bench.growth_{request.param}")).values():
        if hasattr(one, "cache_clear"):
            one.cache_clear()


def test_reads_no_big_table_whole_and_sorts_no_page(part):
    for words in (questions := part.questions(ROWS)).keys() - OF_ALL:
        question = questions[words]
        statements = asked(lambda question=question: question(1))
        found = ways(statements, part.tables)

        assert statements, words
        assert not [str(way) for way in found if way.whole], words
        if words in IN_ORDER[part.name]:
            assert found, words
            # Of few rows PostgreSQL sorts what is found, whatever the index is for.
            assert on_postgres() or not sorts(statements), words


@pytest.mark.parametrize("part", ["cases"], indirect=True)
def test_control_sees_what_reads_all_and_what_sorts(part):
    first = part.questions(ROWS)["a unit's queue, first page"]
    execute("DROP INDEX case_queue")

    assert on_postgres() or sorts(asked(lambda: first(1)))
    by_no_index = asked(lambda: list(Case.objects.filter(channel="api")))
    assert [str(way) for way in ways(by_no_index, part.tables)] == ["ALL OF cases_case"]


@pytest.mark.parametrize("part", ["bookings", "cases"], indirect=True)
def test_purges_behind_what_it_has_purged(part):
    """From the first row again and again, a purge takes a hundred times as long for ten times the rows."""
    purge = part.due(ROWS, 1_000)
    purged = []
    said = asked(lambda: purged.append(purge()))

    batches = [one for one in said if f'FROM "{part.tables[0]}"' in one and "LIMIT" in one]
    begins = [int(re.search(r'"id" > (\d+)', one)[1]) for one in batches]
    assert purged == [1_000]
    assert begins[0] == 0
    assert begins == sorted({*begins})
    assert len(begins) >= 3
