"""The canary town: some hundred people who ask, and everything that is done with what they said. All of it by
the actions that the pages use; each thing that anybody said is a canary.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from linli.cases.actions import causes, emergency, following, handing, handling, reading
from linli.cases.actions.asking import Asked, ask
from linli.cases.actions.draft_photos import add_photo
from linli.cases.actions.drafts import save_draft
from linli.cases.actions.referring import refer
from linli.cases.models import Case, Draft
from linli.cases.rules.reasons import BY_DEFAULT, PASSING_ON
from linli.kernel.grants import live
from linli.kernel.letters import Letter
from linli.kernel.uploads import Rebuilt
from tests.privacy.canaries import Cage
from tests.town import cases as people
from tests.town import cities, directory
from tests.town.cases import HOUSING, LEGAL, TRIAGE, Contact, clerk, officer, supervisor

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday morning in town
MANY = int(os.environ.get("LINLI_CANARIES", "50"))  # 500 by `make canaries`
WAGES = "嘉峪关市人力资源和社会保障局"
SAY_NOTHING = "无"
# A complaint about a look, and a draft, are not of the case they came after: they have numbers of their own.
ASKED_WHY, BEGUN = 3000, 6000


@dataclass
class Person:
    """One who asked: their case, what opens it, and what was done with it."""

    number: int
    case: Case
    passphrase: str
    deed: str


@dataclass
class Town:
    """Everybody who asked, the drafts of those who have not yet, and the canaries of all."""

    cage: Cage = field(default_factory=Cage)
    people: list[Person] = field(default_factory=list)
    drafts: list[tuple[int, Draft, str]] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)

    def said(self, person, what):
        return self.cage.new(person.number, what)


def topics():
    directory.area()
    people.other()
    return [
        people.topic(),
        people.topic("wages", unit=WAGES, name="欠薪", kind="complaint"),
        people.topic("legal", unit=LEGAL, name="法律援助", kind="legal_aid", sensitive=True),
        people.topic("petition", unit=HOUSING, name="信访", kind="petition"),
        people.topic("idea", unit=WAGES, name="建议", kind="suggestion"),
    ]


def build(many=MANY):
    town, chosen, deeds = Town(), topics(), list(DEEDS)
    cities.partner()
    for number in range(1, many + 1):
        deed = deeds[number % len(deeds)]
        topic = chosen[2] if deed == "waits for leave" else chosen[number % len(chosen)]
        person = _asks(town, number, topic, deed)
        town.people.append(person)
        DEEDS[deed](town, person)
        person.case.refresh_from_db()
        if number % 10 == 0:
            town.drafts.append(_begins(town, number + BEGUN))
    return town


def _asks(town, number, topic, deed):
    new = town.cage.new
    ways = [
        lambda: None,
        lambda: Contact("email", f"{new(number, 'contact')}@example.org"),
        lambda: Contact("sms", town.cage.number(number, "contact")),
    ]
    asked = Asked(
        topic=topic,
        area=directory.area(),
        words=new(number, "words"),
        wish=new(number, "wish"),
        place=new(number, "place"),
        contact=ways[number // 3 % 3](),
        # A complaint about a look is answered in the same language: that canary would be of two cases.
        reply_language="" if deed == "asks why" else new(number, "language"),
        photos=(_photo(town, number),) if number % 4 == 0 else (),
        channel=("web", "station", "api")[number % 3],
        fields_granted=(*BY_DEFAULT, PASSING_ON, *(["contact"] if number % 2 else [])),
        public=number % 5 == 0,
    )
    by = {"station": clerk(), "api": officer()}.get(asked.channel, people.HOLDER)
    case, passphrase = ask(by=by, at=AT, asked=asked)
    return Person(number, case, passphrase, deed)


def _photo(town, number):
    data = b"\xff\xd8\xff\xe0" + town.cage.new(number, "photos").encode()
    return Rebuilt(data, "image/jpeg", "jpg")


def _begins(town, number):
    answers = {"words": town.cage.new(number, "draft"), "topic": "street-lamp"}
    draft, passphrase = save_draft(at=AT, draft=None, answers=answers)
    add_photo(at=AT, draft=draft, photo=_photo(town, number))
    return number, draft, passphrase


def own(person):
    return officer(person.case.unit.name)


def other_unit(person):
    return directory.unit(LEGAL if person.case.unit.name != LEGAL else HOUSING)


def take(_town, person):
    handling.take(by=own(person), at=AT, case=person.case)


def answer(town, person):
    take(town, person)
    handling.reply(by=own(person), at=AT, case=person.case, words=town.said(person, "replied"))


def close(town, person):
    answer(town, person)
    following.close(at=AT, case=person.case)


def withdraw(_town, person):
    following.withdraw(at=AT, case=person.case)


def hand_on(town, person):
    take(town, person)
    words = town.said(person, "handed")
    return handing.hand_on(
        by=own(person), at=AT, case=person.case, unit=other_unit(person), kind="competence",
        words=words, fields=BY_DEFAULT,
    )  # fmt: skip


def accept(town, person):
    hand_over = hand_on(town, person)
    if hand_over.state == "proposed":
        handing.accept(by=officer(hand_over.to_unit.name), at=AT, hand_over=hand_over)


def decline(town, person):
    hand_over = hand_on(town, person)
    if hand_over.state == "proposed":
        handing.decline(
            by=officer(hand_over.to_unit.name), at=AT, hand_over=hand_over, kind="not_ours",
            words=town.said(person, "declined"),
        )  # fmt: skip


def join(town, person):
    take(town, person)
    if not person.case.topic.sensitive:
        words = town.said(person, "joined")
        handling.join(by=own(person), at=AT, case=person.case, unit=other_unit(person), words=words)


def pause(town, person):
    take(town, person)
    handling.note(by=own(person), at=AT, case=person.case, words=town.said(person, "noted"))
    words = town.said(person, "paused")
    handling.pause(by=own(person), at=AT, case=person.case, kind="papers", words=words)


def extend(town, person):
    take(town, person)
    words = town.said(person, "extended")
    handling.extend(by=own(person), at=AT, case=person.case, days=2, kind="hard", words=words)


def add(town, person):
    photos = (_photo(town, person.number),)
    following.add(at=AT, case=person.case, words=town.said(person, "added"), photos=photos)


def object_to(town, person):
    answer(town, person)
    following.object_to(at=AT, case=person.case, words=town.said(person, "objected"))


def ask_glass(town, person):
    reason = town.said(person, "reason")
    by = officer(other_unit(person).name)
    return emergency.ask_to_break(by=by, at=AT, case=person.case, reason=reason, hours=2)


def break_glass(town, person):
    glass = ask_glass(town, person)
    emergency.let_in(by=supervisor(), at=AT, case=person.case, glass=glass)


def revoke(_town, person):
    for grant in live(subject=person.case.subject, about=person.case.code, at=AT):
        following.revoke_grant(at=AT, case=person.case, grant=grant)


def grant(_town, person):
    unit = directory.unit(TRIAGE)
    following.give_grant(at=AT, case=person.case, unit=unit, fields=("words", "place"), days=30)


def ask_why(town, person):
    reading.read(by=own(person), at=AT, case=person.case, purpose="handle")
    look = person.case.subject.looks.order_by("id").last()
    people.topic("looks", unit=TRIAGE, name="查看记录")
    number = person.number + ASKED_WHY
    words = town.cage.new(number, "words")
    case, passphrase = following.ask_why(at=AT, case=person.case, look=look, words=words)
    town.people.append(Person(number, case, passphrase, "is asked why"))


def merge(town, person):
    take(town, person)
    causes.merge(by=own(person), at=AT, cases=[person.case], title=SAY_NOTHING)


def send_away(_town, person):
    refer(
        at=AT, case=person.case, partner=cities.partner(), unit_name="金昌市法律援助中心",
        fields=("words",), days=30,
    )  # fmt: skip


DEEDS = {
    "asks": lambda town, person: None,
    "is taken": take,
    "is answered": answer,
    "is closed": close,
    "is withdrawn": withdraw,
    "is handed on": hand_on,
    "is handed over": accept,
    "is declined": decline,
    "waits for leave": hand_on,
    "is helped with": join,
    "is paused": pause,
    "is extended": extend,
    "says more": add,
    "objects": object_to,
    "is asked for in an emergency": ask_glass,
    "is opened in an emergency": break_glass,
    "takes leave back": revoke,
    "gives leave": grant,
    "asks why": ask_why,
    "has a cause": merge,
    "goes to another city": send_away,
}
LATER = AT + timedelta(minutes=10)
