"""The demo's topics and cases: invented, of the first town, replayed through the same actions as in earnest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from linli.cases.actions import (
    following,
    handing,
    handling,
    rating,
    topics,
)
from linli.cases.actions.asking import Asked, ask
from linli.cases.actions.escalating import close_unanswered
from linli.cases.models import Case, HandOver, Leader, Topic
from linli.cases.rules.reasons import BY_DEFAULT, PASSING_ON
from linli.demo.people import officer
from linli.demo.tables import rows
from linli.demo.units import JIAYUGUAN, unit_name
from linli.directory.models import Area, Location, Service, Unit
from linli.kernel.actors import Actor, system

_MORNING = time(9)
_BY = system("demo")
_ANSWERS = {
    "reply": "您好，您反映的事项已核实，办理结果和所需材料见附页；如有疑问可到服务站当面说明。（示例）",
    "note": "已电话联系相关科室，等待回音。（示例）",
    "pause": "请补充材料后继续办理。（示例）",
    "extend": "需要现场核实，延长三个工作日。（示例）",
    "hand": "经核实不属于本单位职责。（示例）",
    "decline": "此事项不归本单位办理。（示例）",
    "object": "问题还没有解决。（示例）",
    "join": "请协助现场查看。（示例）",
}


@dataclass(frozen=True, slots=True)
class _Deed:
    """One deed of the table: its verb, how many days after asking, what else it says."""

    verb: str
    at: datetime
    said: tuple[str, ...]


def open_topics(*, by: Actor, at: datetime) -> None:
    """Open the topics that are missing, and name the official who answers for petitions."""
    known = set(Topic.objects.values_list("code", flat=True))
    units = {unit.name: unit for unit in Unit.objects.filter(area=JIAYUGUAN.code)}
    for code, name, kind, office, group, description, words, *days, marks in rows("topics.tsv"):
        if code in known:
            continue
        step, unit_days, case_days, kept = map(int, days)
        draft = topics.TopicDraft(
            name=name,
            kind=kind,
            unit=units[unit_name(JIAYUGUAN, office)],
            group=group,
            description=description,
            keywords=words.split(),
            step_days=step,
            unit_days=unit_days,
            case_days=case_days,
            kept_days=kept,
            service=_guide(marks, units[unit_name(JIAYUGUAN, office)]),
            sensitive="sensitive" in marks.split(),
        )
        topics.open_topic(by=by, at=at, code=code, draft=draft)
    petitions = units[unit_name(JIAYUGUAN, "政府督查室")]
    if not Leader.objects.filter(unit=petitions).exists():
        topics.name_official(by=by, at=at, unit=petitions, office="副市长(示例)", name="示例")


def _guide(marks: str, unit: Unit) -> Service | None:
    """Return the guide that a topic's marks name as `guide:name`, of the unit that answers."""
    named = [mark.removeprefix("guide:") for mark in marks.split() if mark.startswith("guide:")]
    return Service.objects.filter(name__in=named, organization__unit=unit).first()


def replay(*, today: date) -> None:
    """Let everything happen that the table tells, on its day, unless it has happened already."""
    if Case.objects.exists():
        return
    area = Area.objects.get(code=JIAYUGUAN.code)
    places = list(Location.objects.filter(area__code__startswith="6202"))
    window = Unit.objects.get(name=unit_name(JIAYUGUAN, "民族宗教事务局"))
    for number, (days, topic, place, words, wish, deeds) in enumerate(rows("cases.tsv")):
        at = timezone.make_aware(datetime.combine(today - timedelta(days=int(days)), _MORNING))
        location = next((one for one in places if place in one.name), None)
        asked = Asked(
            topic=Topic.objects.select_related("unit").get(code=topic),
            area=area,
            location=location,
            words=words,
            wish=wish,
            told_by=window if number % 4 == 0 else None,
            reply_language="zh-hans",
            fields_granted=(*BY_DEFAULT, PASSING_ON),
            public=True,
        )
        let_happen(ask(by=_BY, at=at, asked=asked).case, deeds, at)


def let_happen(case: Case, said: str, at: datetime, *, until: datetime | None = None) -> None:
    """Let the deeds happen that `said` tells of a case asked at `at`, those after `until` left out."""
    for deed in _deeds(said, at):
        if until is None or deed.at < until:
            _DO[deed.verb](case, deed)


def _deeds(said: str, asked_at: datetime) -> list[_Deed]:
    """Read `verb:words@days …`; a deed without days comes with the one before it."""
    deeds, moment = [], asked_at
    for one in said.split():
        what, _at, days = one.partition("@")
        verb, *words = what.split(":")
        moment = asked_at + timedelta(days=float(days)) if days else moment
        deeds.append(_Deed(verb, moment, tuple(words)))
    return deeds


def _unit(case: Case) -> Actor:
    return officer(Unit.objects.get(cases=case).name)


def _asked_unit(case: Case) -> tuple[Actor, HandOver]:
    way = HandOver.objects.select_related("to_unit").get(case=case, state=HandOver.PROPOSED)
    return officer(way.to_unit.name), way


def _take(case: Case, deed: _Deed) -> None:
    handling.take(by=_unit(case), at=deed.at, case=case)


def _reply(case: Case, deed: _Deed) -> None:
    handling.reply(by=_unit(case), at=deed.at, case=case, words=_ANSWERS["reply"])


def _note(case: Case, deed: _Deed) -> None:
    handling.note(by=_unit(case), at=deed.at, case=case, words=_ANSWERS["note"])


def _pause(case: Case, deed: _Deed) -> None:
    by, words = _unit(case), _ANSWERS["pause"]
    handling.pause(by=by, at=deed.at, case=case, kind=deed.said[0], words=words)


def _resume(case: Case, deed: _Deed) -> None:
    handling.resume(by=_unit(case), at=deed.at, case=case)


def _extend(case: Case, deed: _Deed) -> None:
    by, words = _unit(case), _ANSWERS["extend"]
    handling.extend(by=by, at=deed.at, case=case, days=3, kind="on_site", words=words)


def _leader(case: Case, deed: _Deed) -> None:
    leader = Leader.objects.get(unit__cases=case)
    handling.name_leader(by=_unit(case), at=deed.at, case=case, leader=leader)


def _join(case: Case, deed: _Deed) -> None:
    unit = Unit.objects.get(name=unit_name(JIAYUGUAN, deed.said[0]))
    handling.join(by=_unit(case), at=deed.at, case=case, unit=unit, words=_ANSWERS["join"])


def _hand(case: Case, deed: _Deed) -> None:
    unit = Unit.objects.get(name=unit_name(JIAYUGUAN, deed.said[0]))
    handing.hand_on(
        by=_unit(case),
        at=deed.at,
        case=case,
        unit=unit,
        kind="competence",
        words=_ANSWERS["hand"],
        fields=BY_DEFAULT,
    )


def _accept(case: Case, deed: _Deed) -> None:
    by, way = _asked_unit(case)
    handing.accept(by=by, at=deed.at, hand_over=way)


def _decline(case: Case, deed: _Deed) -> None:
    by, way = _asked_unit(case)
    handing.decline(by=by, at=deed.at, hand_over=way, kind="not_ours", words=_ANSWERS["decline"])


def _urge(case: Case, deed: _Deed) -> None:
    following.urge(at=deed.at, case=case)


def _object(case: Case, deed: _Deed) -> None:
    following.object_to(at=deed.at, case=case, words=_ANSWERS["object"])


def _close(case: Case, deed: _Deed) -> None:
    following.close(at=deed.at, case=case)


def _expire(case: Case, deed: _Deed) -> None:
    close_unanswered(by=_BY, at=deed.at)


def _rate(case: Case, deed: _Deed) -> None:
    grade, solved = deed.said
    token = rating.offer_rating(at=deed.at, case=case)
    rating.rate(token=token, grade=int(grade), solved=solved, at=deed.at)


_DO: dict[str, Callable[[Case, _Deed], None]] = {
    "take": _take,
    "reply": _reply,
    "note": _note,
    "pause": _pause,
    "resume": _resume,
    "extend": _extend,
    "leader": _leader,
    "join": _join,
    "hand": _hand,
    "accept": _accept,
    "decline": _decline,
    "urge": _urge,
    "object": _object,
    "close": _close,
    "expire": _expire,
    "rate": _rate,
}
