"""What people ask in the first town, whose competence map the demo holds, and what its offices do about it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from linli.cases.actions.asking import Asked, ask
from linli.cases.models import Topic
from linli.cases.rules.reasons import BY_DEFAULT, PASSING_ON
from linli.demo import cases
from linli.demo.city.rhythm import Chance, at
from linli.demo.tables import rows
from linli.demo.units import JIAYUGUAN, Town, unit_name
from linli.directory.models import Area, Location, Unit
from linli.kernel.actors import system

_BY: Final = system("demo")
_CASES: Final = 12  # in a step
_LONG_ENOUGH: Final = 10  # working days of a topic whose cases may wait for something
_WAYS: Final = (
    (),
    ("pause:papers", "resume"),
    ("hand", "accept"),
    ("extend",),
    ("urge",),
    ("note",),
)
_OFTEN: Final = (60, 10, 8, 5, 6, 11)
_OBJECTED, _RATED = 0.06, 0.55
_OFFICES: Final = ("司法局", "民政局", "住房和城乡建设局", "教育局")
_GRADES: Final = (3, 4, 12, 41, 40)
_SOLVED: Final = (("no",), ("no", "partly"), ("partly",), ("yes", "partly"), ("yes",))


class Words(NamedTuple):
    """One thing that is asked: its topic, how often, its words."""

    topic: str
    weight: int
    words: str


def ask_all(number: int, town: Town, chance: Chance) -> None:
    """Let people ask for a step, and their cases go their way up to today."""
    if town != JIAYUGUAN:
        return
    known = list(_known())
    topics = Topic.objects.select_related("unit").in_bulk(field_name="code")
    area = Area.objects.get(code=town.code)
    places = list(Location.objects.filter(area=area, kind="station").order_by("pk"))
    window = Unit.objects.get(name=unit_name(town, "民族宗教事务局"))
    weights = [one.weight for one in known]
    for moment in sorted(chance.moment() for _ in range(_CASES)):
        told = known[chance.of_weights(weights)]
        place = chance.random.choice(places)
        words = told.words.replace("{place}", place.name.partition("社区")[0] + "社区")
        wanted = Asked(
            topic=topics[told.topic], area=area, location=place, words=words + "（示例）",
            told_by=window if chance.often(0.25) else None, reply_language="zh-hans",
            fields_granted=(*BY_DEFAULT, PASSING_ON), public=True,
        )  # fmt: skip
        case = ask(by=_BY, at=moment, asked=wanted).case
        said = " ".join(_way(chance, topics[told.topic]))
        cases.let_happen(case, said, moment, until=at(chance.today, 0))


@lru_cache(maxsize=1)
def _known() -> list[Words]:
    return [Words(topic, int(weight), words) for topic, weight, words in rows("city_asks.tsv")]


def _way(chance: Chance, topic: Topic) -> Iterator[str]:
    """Yield deeds as the demo's table writes them, each with how many days after asking it comes."""
    way = _WAYS[chance.of_weights(_OFTEN)]
    plain = topic.sensitive or topic.case_days < _LONG_ENOUGH
    day = min(chance.long(0.4, 0.9), 3)
    yield f"take@{day:.2f}"
    for step in () if plain else way:
        day += 0.1 + min(chance.long(0.8), 3)
        verb = step
        if step == "hand":
            others = [one for one in _OFFICES if not topic.unit.name.endswith(one)]
            verb = f"hand:{chance.random.choice(others)}"
        yield f"{verb}@{day:.2f}"
    day += 0.1 + min(chance.long(1.6), 12)
    yield f"reply@{day:.2f}"
    if chance.often(_OBJECTED):
        yield f"object@{day + 1:.2f}"
        day += 1 + min(chance.long(3), 9)
        yield f"reply@{day:.2f}"
    yield f"close@{day + 0.1 + min(chance.long(1.5), 8):.2f}"
    if chance.often(_RATED):
        grade = chance.of_weights(_GRADES)
        yield f"rate:{grade + 1}:{chance.random.choice(_SOLVED[grade])}"
