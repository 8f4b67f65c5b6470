"""Everybody asks for every address, and what came is held against what they may read and against the look log."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.test import Client
from django.urls import NoReverseMatch, reverse

from linli.kernel.actors import Actor, Role
from linli.kernel.api_keys import issue
from linli.kernel.clock import now
from linli.kernel.limits import forget_all
from linli.kernel.models import BreakGlass, Grant, Look, Staff
from tests.permissions.matrix import addresses
from tests.privacy.canaries import Canary
from tests.privacy.town import WAGES, Person, Town
from tests.town.cases import HOUSING, LEGAL, TRIAGE, clerk, officer, planner, supervisor
from tests.town.staff import actor

ADMINISTRATOR = actor(Role.ADMINISTRATOR, name="管理员", unit="")
STAFF = {
    "planner": planner(),
    "officer of housing": officer(),
    "officer of legal aid": officer(LEGAL),
    "officer of labour": officer(WAGES),
    "officer of triage": officer(TRIAGE),
    "clerk": clerk(),
    "supervisor": supervisor(),
    "administrator": ADMINISTRATOR,
}
KEYS = {"program of housing": officer(), "program of labour": officer(WAGES)}
ONE_OF_EACH_ROLE = ("planner", "officer of housing", "clerk", "supervisor", "administrator")
OF_UNIT = {HOUSING: "officer of housing", LEGAL: "officer of legal aid", WAGES: "officer of labour", TRIAGE: "officer of triage"}  # fmt: skip
NOBODY = "7K3M-92QD"
SAMPLES = {
    "code": NOBODY, "pk": 1, "key": 1, "position": 0, "form": "json", "area": "620200", "start": 0, "end": 1,
    "uuid": UUID(int=7), "deed": "add",
}  # fmt: skip
# Under which name of a look something is read; all else that anybody wrote are words.
READ_AS = {
    "wish": "wish", "place": "place", "contact": "contact", "photos": "photos", "language": "reply_language",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One answer: who was given it, where, and which canaries stood in it."""

    who: str
    by: Actor | None
    holder: int  # the number of the person who asks with their own ticket, 0 for everybody else
    address: str
    status: int
    at: datetime
    found: dict[bytes, Canary]


@dataclass
class Crawl:
    """One crawl of a town. `clock` moves on a second with each request, so that each is told from the next."""

    town: Town
    clock: object
    shown: list[Shown] = field(default_factory=list)
    cookies: set[str] = field(default_factory=set)
    clients: dict[str, Client] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def sign_in(self):
        self.clients["anonymous"] = Client(raise_request_exception=False)
        for who, by in STAFF.items():
            staff = Staff.objects.create(
                username=who, name=by.name, role=by.role, unit=by.unit, password="long-enough-1"
            )
            self.clients[who] = Client(raise_request_exception=False)
            self.clients[who].force_login(staff)
        for who, by in KEYS.items():
            staff = Staff.objects.get(unit=by.unit, role=by.role, name=by.name)
            _key, secret = issue(by=ADMINISTRATOR, at=now(), staff=staff, name="窗口系统")
            self.clients[who] = Client(
                raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"}
            )

    def ask(self, who, address, data=None, *, holder=0, client=None, **headers):
        """Ask for an address, keep what came, and return the answer."""
        self.clock.shift(1)
        forget_all()
        client = client or self.clients[who]
        ask = client.get if data is None else client.post
        answer = ask(address, data, headers=headers) if headers else ask(address, data)
        said = answer.getvalue() if answer.streaming else answer.content
        head = "\n".join(f"{name}: {value}" for name, value in answer.items())
        cookies = "\n".join(morsel.OutputString() for morsel in answer.cookies.values())
        self.cookies |= set(answer.cookies)
        found = self.town.cage.found(said) | self.town.cage.found(f"{head}\n{cookies}".encode())
        by = STAFF.get(who) or KEYS.get(who)
        self.shown.append(Shown(who, by, holder, address, answer.status_code, now(), found))
        return answer


def all_addresses(**named):
    """Return every address of the project, its parts filled in."""
    for name, pattern in addresses():
        parts = {
            part: named.get(part) or SAMPLES.get(part, "x") for part in pattern.pattern.converters
        }
        try:
            yield name, reverse(name, kwargs=parts)
        except NoReverseMatch:
            yield name, "/" + str(pattern.pattern)


def everywhere(crawl: Crawl):
    """Every address, by every role."""
    for _name, address in all_addresses():
        if "logout" not in address:
            _by_everybody(crawl, address, ONE_OF_EACH_ROLE)


def every_case_address(crawl: Crawl, person: Person):
    """Every address that names a case, with this one's code, by every role."""
    case = person.case
    photo = case.attachments.values_list("code", flat=True).first() or "x"
    named = {"code": case.code, "key": photo, "photo": photo}
    for name, address in all_addresses(**named):
        if case.code in address and not name.startswith(("plans", "reports", "facts", "directory")):
            _by_everybody(crawl, address)


def _by_everybody(crawl, address, staff=tuple(STAFF)):
    # What takes no GET takes none from anybody; a program's key opens programs' addresses.
    if crawl.ask("anonymous", address).status_code == 405:
        return
    for who in [*staff, *(KEYS if address.startswith(("/api", "/open311")) else ())]:
        crawl.ask(who, address)


def papers_of(person):
    return list(person.case.attachments.values_list("code", flat=True))


def as_staff(crawl: Crawl, person: Person):
    """Their own unit opens a case, and one who has no business with it tries to."""
    code, number = person.case.code, person.number
    own = OF_UNIT[person.case.unit.name]
    desk = reverse("cases:desk", args=[code])
    crawl.ask(own, desk)
    for paper in papers_of(person):
        crawl.ask(own, reverse("cases:paper", args=[code, paper]))
    if number % 6 == 1:
        crawl.ask(own, reverse("cases:reveal", args=[code]), {"reveal-reason": "需当面核实"})
    if own.endswith(("housing", "labour")) and number % 3 == 0:
        crawl.ask(own.replace("officer", "program"), f"/api/desk/cases/{code}")
    others = [who for who in crawl.clients if who != own]
    other = others[number % len(others)]
    crawl.ask(other, desk if not other.startswith("program") else f"/api/desk/cases/{code}")


def as_holder(crawl: Crawl, person: Person, stranger: Person):
    """The person opens their own case, takes everything home, and fails to open another's."""
    client, number = Client(raise_request_exception=False), person.number
    follow = reverse("cases:follow_case", args=[person.case.code])
    held = {"code": person.case.code, "passphrase": person.passphrase}
    crawl.ask("holder", "/follow/", held, client=client, holder=number)
    data = crawl.ask("holder", f"{follow}data.json", client=client, holder=number)
    if number % 2:
        crawl.ask("holder", follow, client=client, holder=number)
    for paper in papers_of(person):
        crawl.ask("holder", f"{follow}photos/{paper}/", client=client, holder=number)
    crawl.ask(
        "holder", reverse("cases:follow_data", args=[stranger.case.code]), client=client, holder=number
    )  # fmt: skip
    return data


def as_beginner(crawl: Crawl, number, draft, passphrase):
    """Who has begun to ask goes on with their own draft."""
    client = Client(raise_request_exception=False)
    held = {"code": draft.code, "passphrase": passphrase}
    crawl.ask("holder", "/ask/resume/", held, client=client, holder=number)
    for page in (
        "",
        "topic/",
        "place/",
        "more/",
        "answer/",
        "check/",
        f"photos/{draft.photos[0]['code']}/",
    ):
        crawl.ask("holder", f"/ask/{page}", client=client, holder=number)


def leaks(town, shown):
    """Return the canaries that reached somebody who may not read them."""
    codes = {person.number: person.case.code for person in town.people}
    may = _grants()
    found = []
    for one in shown:
        for canary in one.found.values():
            if one.holder:
                # No page shows them what the units note; the copy of all that is kept of them does.
                copied = canary.what != "noted" or one.address.endswith("/data.json")
                fine = canary.who == one.holder and copied
            elif one.by is None or one.by.role in {Role.PLANNER, Role.ADMINISTRATOR}:
                fine = False
            else:
                code = codes.get(canary.who, "")
                granted = may[one.by.unit, code] | may[one.by.name, one.by.unit, code]
                fine = READ_AS.get(canary.what, "words") in granted
            if not fine:
                found.append((one.who, one.address, canary))
    return found


def unseen(town, shown):
    """Return what staff were shown without a look that says so, of that moment, by that role of that unit."""
    codes = {person.number: person.case.code for person in town.people}
    logged = defaultdict(set)
    for about, at, role, unit, fields in Look.objects.values_list(
        "about", "at", "by_role", "by_unit", "fields"
    ):
        logged[about, at, role, unit] |= set(fields.split(","))
    return [
        (one.who, one.address, canary)
        for one in shown
        if one.by is not None
        for canary in one.found.values()
        if not {READ_AS.get(canary.what, "words"), canary.what}
        & logged[codes.get(canary.who), one.at, one.by.role.value, one.by.unit]
    ]


def _grants():
    """What each unit was granted of each case, and what a person may see through broken glass."""
    may = defaultdict(set)
    live = Grant.objects.filter(revoked_at=None, origin="")
    for unit, about, fields in live.values_list("to_unit", "about", "fields"):
        may[unit, about] |= set(fields)
    opened = BreakGlass.objects.exclude(let_in_at=None)
    for name, unit, about in opened.values_list("by_name", "by_unit", "about"):
        may[name, unit, about] |= {"words", "wish", "place", "photos", "reply_language", "contact"}
    return may
