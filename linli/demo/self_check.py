"""Jiayuguan's round of this year, on sixty questions: seven kinds of unit apply, and most answers come from facts."""

from datetime import date, timedelta

from linli.assessments.actions import advancing, filling, instruments, rounds
from linli.assessments.models import Edition, Instrument, Round, Scheme
from linli.assessments.rules.instruments import Form, Item, Level, Section
from linli.assessments.rules.stages import WAY
from linli.demo import people
from linli.demo.funds_books import morning
from linli.demo.tables import rows
from linli.demo.units import JIAYUGUAN, unit_name
from linli.directory.models import Unit

NAME = "嘉峪关市民族团结进步示范单位"
_KINDS = ("机关", "企业", "社区", "学校", "景区", "窗口", "新组织")
_LEVELS = (("city", "市级"), ("region", "省级"), ("nation", "国家级"))
_CANDIDATES = {
    "祁连社区居民委员会": "社区",
    "永乐社区居民委员会": "社区",
    "铁南社区居民委员会": "社区",
    "昌盛社区居民委员会": "社区",
    "司法局": "窗口",
    "人力资源和社会保障局": "窗口",
    "教育局": "机关",
}
_LANGUAGES = ("zh-hans", "zh-hant", "en")


def form() -> Form:
    """Return the sixty questions of scheme_items.tsv."""
    items: dict[str, list[Item]] = {}
    for section, *said in rows("scheme_items.tsv"):
        items.setdefault(section, []).append(_item(said))
    sections = tuple(
        Section(key, dict(zip(_LANGUAGES, titles, strict=True)), tuple(items[key]))
        for key, *titles in rows("scheme_sections.tsv")
    )
    levels = tuple(
        Level(key, {"zh-hans": name}, at)
        for (key, name), at in zip(_LEVELS, (6000, 7500, 9000), strict=True)
    )
    return Form(_LANGUAGES, sections, levels)


def _item(said: list[str]) -> Item:
    key, kind, weight, marks, nought, full, top, indicator, *texts = said
    return Item(
        key, kind, dict(zip(_LANGUAGES, texts, strict=True)), weight=int(weight),
        veto="v" in marks, may_skip="s" in marks, evidence="needed" if "e" in marks else "none",
        nought=nought, full=full, top=int(top or 0), indicator=indicator,
    )  # fmt: skip


def begin(*, today: date) -> None:
    """Open the round, unless it is open: seven units apply and begin to check themselves."""
    if Scheme.objects.filter(name=NAME).exists():
        return
    held = _opened(_edition(today), today)
    categories = {one.name: one for one in held.scheme.categories.all()}
    at = morning(today - timedelta(days=20))
    for office, kind in _CANDIDATES.items():
        unit = Unit.objects.get(name=unit_name(JIAYUGUAN, office))
        by = people.officer(unit.name)
        wanted = rounds.Application(categories[kind], "city")
        one = rounds.apply(by=by, at=at, round=held, unit=unit, wanted=wanted)
        task = advancing.begin_self_check(by=by, at=at, candidacy=one)
        filling.take_facts(by=by, at=morning(today - timedelta(days=2)), assessment=task)


def _edition(today: date) -> Edition:
    by, at = people.planner(JIAYUGUAN), morning(today - timedelta(days=40))
    keeper = Unit.objects.get(name=by.unit)
    draft = instruments.begin_instrument(
        by=by, at=at, name="示范单位综合测评（六十项）", use=Instrument.SCHEME, unit=keeper, form=form()
    )  # fmt: skip
    return instruments.adopt(by=by, at=at, edition=draft)


def _opened(edition: Edition, today: date) -> Round:
    by, at = people.planner(JIAYUGUAN), morning(today - timedelta(days=35))
    keeper = Unit.objects.select_related("area").get(name=by.unit)
    scheme = rounds.begin_scheme(
        by=by, at=at,
        draft=rounds.SchemeDraft(
            name=NAME, unit=keeper, area=keeper.area, levels=_LEVELS, categories=_KINDS,
            purpose="七类单位参评；能由事实填写的，不再另报材料。",
        ),
    )  # fmt: skip
    days = {stage: today + timedelta(days=14 * number) for number, stage in enumerate(WAY, 1)}
    draft = rounds.RoundDraft(
        year=today.year, edition=edition, days=days,
        weights={"self": 10, "cross": 30, "site": 40, "poll": 20},
    )  # fmt: skip
    planned = rounds.plan_round(by=by, at=at, scheme=scheme, draft=draft)
    return rounds.open_round(by=by, at=morning(today - timedelta(days=30)), round=planned)
