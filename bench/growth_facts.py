"""Facts as they grow: twenty indicators, a hundred years, and ever more areas, two thousand facts in each."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial

from bench.growth_part import Part, Question, count_on, in_hex, later, multiply
from linli.directory.models import Area
from linli.facts import actions
from linli.facts.models import Fact, Indicator
from linli.facts.queries.facts import cited, facts_for, series, vintages
from linli.facts.rules.columns import Layout
from linli.kernel.actors import system

INDICATORS, YEARS = 20, 100
OF_AREA = INDICATORS * YEARS
AREAS = 500  # of a table that is taken in
BY = system("bench")
_LAYOUT = Layout(0, 1, 2, 3, "", 4)


def ready() -> None:
    """Make the indicators, the areas of one table, and the fact that the others are copies of."""
    if Fact.objects.exists():
        return
    at = datetime.now(UTC)
    first = Area.objects.create(code="0" * 8, name="0" * 8, level="county", from_year=1900)
    for number in range(INDICATORS):
        draft = actions.IndicatorDraft(
            code=f"bench.i{number}", name=f"指标{number}", unit="个", kind="count",
            definition="量一量。", computed_by="bench",
        )  # fmt: skip
        actions.define(by=BY, at=at, draft=draft)
    multiply(first, 0, AREAS, code=in_hex("n", 8), name=in_hex("n", 8))
    _bring(f"bench.i0,{first.code},1901,1,城市统计局".encode(), at)


def there() -> int:
    """Return how many there are."""
    return Fact.objects.latest("pk").pk - _template().pk


def fill(above: int, until: int) -> None:
    """Write facts, and the areas that they are about."""
    areas = Area.objects.filter(level="county").count() - 1
    wanted = -(-until // OF_AREA)
    if wanted > areas:
        multiply(Area.objects.get(pk="0" * 8), areas, wanted, code=in_hex("n", 8), name=in_hex("n", 8))  # fmt: skip
    of_year = f"(n - 1) / {INDICATORS} % {YEARS}"
    multiply(
        _template(), above, until, id=f"n + {_template().pk}",
        indicator_id=f"{_indicators()[0].pk} + (n - 1) % {INDICATORS}",
        area_id=in_hex(f"((n - 1) / {OF_AREA} + 1)", 8),
        period_from=later("1902-01-01", of_year, "year"), period_until=later("1903-01-01", of_year, "year"),
        value="n % 99991", low="n % 99991", high="n % 99991",
    )  # fmt: skip
    count_on("facts_fact")


def questions(size: int) -> dict[str, Question]:
    """Return what a page of a figure asks, and a board of many."""
    areas, first = max(1, size // OF_AREA), _template().pk + 1

    def area(turn: int) -> str:
        return f"{1 + turn * 97 % areas:08x}"

    def indicator(turn: int) -> Indicator:
        return _indicators()[turn % INDICATORS]

    return {
        "a figure by its code": lambda turn: cited(Fact(pk=first + turn * 7919 % size).code),
        "its history": lambda turn: vintages(Fact.objects.get(pk=first + turn * 7919 % size)),
        "a hundred years of a place": lambda turn: list(series(indicator(turn), area=Area(code=area(turn)))),
        "… as known on a day": lambda turn: list(
            series(indicator(turn), area=Area(code=area(turn)), when=datetime(2027, 1, 1, tzinfo=UTC))
        ),
        "twenty figures of a place": lambda turn: facts_for([(one.pk, area(turn)) for one in _indicators()]),
    }  # fmt: skip


def bring(count: int) -> tuple[int, Callable[[], object]]:
    """Take in a table of so many facts: of a new year, of indicators and areas that are there."""
    rows = [
        f"bench.i{number % INDICATORS},{number // INDICATORS % AREAS + 1:08x},2015,{number},城市统计局"
        for number in range(min(count, INDICATORS * AREAS))
    ]
    return len(rows), partial(_bring, "\n".join(rows).encode(), datetime.now(UTC))


def _bring(rows: bytes, at: datetime) -> None:
    data = "指标,地区,年份,数值,来源\n".encode() + rows
    draft = actions.ImportDraft(data=data, name="bench.csv", layout=_LAYOUT)
    actions.import_facts(by=BY, at=at, draft=draft)


@cache
def _template() -> Fact:
    return Fact.objects.earliest("pk")


@cache
def _indicators() -> list[Indicator]:
    return list(Indicator.objects.filter(code__startswith="bench.").order_by("pk"))


PART = Part("facts", ("facts_fact",), ready, there, fill, questions, "imported", bring)
