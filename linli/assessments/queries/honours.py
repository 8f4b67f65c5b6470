"""The register of honours: units for everybody to search; individuals only as they let themselves be shown."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from linli.assessments.models import Assessment, Award, Honour, HonourName, Scheme
from linli.assessments.queries.stage_words import level_name
from linli.kernel.fields import unseal_text
from linli.kernel.subjects import Gone, key_of

_OF = (
    "candidacy__subject__unit", "candidacy__subject__area", "candidacy__category",
    "candidacy__round__scheme__unit", "decision__result__score",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HonoursAsked:
    """Which honours of units are asked for; what is empty narrows nothing."""

    scheme: str = ""
    level: str = ""
    state: str = ""
    year: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One honour of an individual, with the name that they put to it themselves."""

    honour: Honour
    name: str
    level: str


def awards(asked: HonoursAsked = HonoursAsked()) -> QuerySet[Award]:
    """Return honours of units, the newest first; those that were withdrawn are there with what became of them."""
    found = Award.objects.select_related(*_OF)
    if asked.scheme:
        found = found.filter(candidacy__round__scheme__code=asked.scheme)
    if asked.level:
        found = found.filter(level=asked.level)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.year.isdecimal() and len(asked.year) == 4:
        found = found.filter(named_on__year=int(asked.year))
    if asked.words:
        found = found.filter(candidacy__subject__name__icontains=asked.words)
    return found.order_by("-named_on", "candidacy__subject__name", "id")


def named_levels(awarded: Iterable[Award]) -> list[tuple[Award, str]]:
    """Return awards with the names of their levels."""
    return [(one, level_name(one.candidacy.round.scheme.levels, one.level)) for one in awarded]


def naming_schemes() -> QuerySet[Scheme]:
    """Return the schemes that have named somebody: no other stands in the register."""
    named = Scheme.objects.filter(rounds__candidacies__award__isnull=False)
    return named.distinct().order_by("name", "id")


def levels_of(schemes: Iterable[Scheme]) -> dict[str, str]:
    """Return the levels of schemes, each once."""
    return {one["key"]: one["name"] for scheme in schemes for one in scheme.levels}


def counts_by_level() -> dict[str, int]:
    """Return how many units hold an honour, by level: those warned too, those withdrawn not."""
    standing = Award.objects.exclude(state=Award.WITHDRAWN).order_by()
    counts: dict[str, int] = {}
    for level in standing.values_list("level", flat=True):
        counts[level] = counts.get(level, 0) + 1
    return counts


def shown_honours(at: datetime) -> QuerySet[HonourName]:
    """Return the honours whose holders let their name be shown now. Nothing searches them."""
    live = HonourName.objects.filter(subject__purge_on__gt=localdate(at))
    told = live.select_related("honour__scheme", "honour__unit", "subject")
    return told.order_by("-honour__named_on", "id")


def opened(names: Iterable[HonourName], at: datetime) -> list[Shown]:
    """Return them with their names, as their holders consented; whose key is gone is not there."""
    found = []
    for one in names:
        honour = one.honour
        with suppress(Gone):
            name = unseal_text(one, key_of(one.subject, at=at), "name")
            found.append(Shown(honour, name, level_name(honour.scheme.levels, honour.level)))
    return found


def rechecks_of(award: Award) -> QuerySet[Assessment]:
    """Return the re-checks of a unit that was named, the last first."""
    tasks = Assessment.objects.filter(candidacy=award.candidacy_id, kind=Assessment.RECHECK)
    return tasks.filter(dropped_at=None).select_related("unit").order_by("-id")


def is_open(row: Honour, at: datetime) -> bool:
    """Say whether its holder may still do something with it."""
    today = localdate(at)
    if row.ended_on is not None:
        return False
    shown = name_of(row)
    return shown.subject.purge_on > today if shown else row.answer_by >= today


def name_of(row: Honour) -> HonourName | None:
    """Return the name that was put to an honour, still sealed; None before there is one."""
    shown: HonourName | None = getattr(row, "shown", None)
    return shown
