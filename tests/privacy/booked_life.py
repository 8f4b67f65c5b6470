"""The life of those who booked: asked about by everybody, looked at by their unit, carried out, emptied."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from unittest import mock

from django.apps import apps
from django.db.models import Max
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from linli.kernel import sending
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.fields import SealedField
from linli.kernel.keystore import store
from linli.kernel.models import Look, Message, Subject
from linli.offers.actions import following_up, reading
from linli.offers.actions.forgetting import forget
from linli.offers.models import Booking, Entry, FollowUp, Neighbour
from linli.offers.views import told
from tests.permissions.matrix import addresses
from tests.privacy import booked, life
from tests.privacy.crawl import SAMPLES, Crawl
from tests.town.offers import LABOUR

PURPOSES = ("prepare", "door", "tell")
WHO = ("planner", "officer of labour", "officer of housing", "clerk", "supervisor", "administrator")
READ_AS = {"language": "reply_language"}
OF_THE_JURY = {"title", "words"}  # of works, which are of nobody


def live(home, clock, written):
    town = booked.build()
    crawl = Crawl(town, clock)
    seen = SimpleNamespace(town=town, crawl=crawl, home=home, written=written, taken_home={})
    seen.filled = filled()
    crawl.sign_in()
    clock.move_to(booked.AT + timedelta(minutes=10))
    seen.letters = _letters(seen)
    everywhere(seen)
    for one in town.sessions:
        _rosters(crawl, one)
    for one, stranger in zip(town.holders, [*town.holders[1:], town.holders[0]], strict=True):
        as_holder(seen, one, stranger)
    seen.leaks = leaks(town, crawl.shown)
    seen.controls = _controls(seen)
    seen.lying_about = life.lying_about(seen)
    _forget_some(seen)
    _empty(seen)
    return seen


def filled():
    """Return {sealed column of the engine: how many rows have something in it}."""
    return {
        f"{model._meta.label}.{column.name}": model.objects.filter(
            **{f"{column.name}__isnull": False}
        ).count()
        for model in apps.get_app_config("offers").get_models()
        for column in model._meta.local_fields
        if isinstance(column, SealedField)
    }


def _letters(seen):
    came = []

    class Line:
        def send(self, letter):
            came.append(letter)

        def close(self):
            """Nobody is on the line."""

    about = dict(Message.objects.values_list("code", "about"))
    with mock.patch.dict(sending.LINES, dict.fromkeys(sending.LINES, Line)):
        sending.send_due(now())
    cage = seen.town.cage
    return [
        (about[one.code], cage.found(f"{one.to} {one.subject} {one.text}".encode())) for one in came
    ]


def everywhere(seen):
    """Every address of offers that names something, by every role: a session, an offer, a booking, a question."""
    town = seen.town
    seen.addresses = {address for one in town.holders[::5] for address in _addresses(town, one)}
    for address in sorted(seen.addresses):
        for who in ("anonymous", *WHO):
            seen.crawl.ask(who, address)


def _addresses(town, holder):
    session = holder.booking.session
    for name, pattern in addresses():
        if not name.startswith(("offers:", "api-1:")) or "code" not in pattern.pattern.converters:
            continue
        path = str(pattern.pattern)
        code = session.code if "session" in path or "counter" in path else session.offer.code
        code = holder.booking.code if "bookings" in path else code
        if "asked/" in path:
            code = town.holders[0].follow_up.code
        parts = {one: SAMPLES.get(one, 1) for one in pattern.pattern.converters} | {"code": code}
        try:
            yield reverse(name, kwargs=parts)
        except NoReverseMatch:
            continue


def _rosters(crawl, session):
    for who in WHO:
        for purpose in PURPOSES:
            crawl.ask(who, reverse("offers:roster", args=[session.code]), {"purpose": purpose})


def as_holder(seen, holder, stranger):
    """They open their own booking, take everything home, and fail to open another's."""
    client, crawl = Client(raise_request_exception=False), seen.crawl
    own = {"client": client, "holder": holder.number}
    code, passphrase = holder.booking.code, holder.passphrase
    crawl.ask("holder", "/bookings/", {"code": code, "passphrase": passphrase}, **own)
    for page in ("", "looks/", "looks.json", "move/", "forget/", "certificate/"):
        crawl.ask("holder", f"/bookings/{code}/{page}", **own)
    taken = crawl.ask("holder", f"/bookings/{code}/data.json", **own)
    seen.taken_home[holder.number] = set(seen.town.cage.found(taken.content))
    if holder.deed == "trained" and holder.follow_up is None:
        named = {"named": seen.town.cage.new(holder.number, "named")}
        crawl.ask("holder", f"/bookings/{code}/certificate/", named, **own)
    if holder.follow_up:
        crawl.ask("holder", f"/asked/{holder.follow_up.code}/", **own)
    crawl.ask("holder", f"/bookings/{stranger.booking.code}/data.json", **own)


def leaks(town, shown):
    """Return what reached somebody who may not read it, or of whom no look says that they did."""
    codes = {one.number: one.booking.code for one in town.holders}
    logged = defaultdict(set)
    for about, at, role, unit, fields in Look.objects.values_list(
        "about", "at", "by_role", "by_unit", "fields"
    ):
        logged[about, at, role, unit] |= set(fields.split(","))
    return [
        (one.who, one.address, canary)
        for one in shown
        for canary in one.found.values()
        if not _fine(one, canary, codes, logged)
    ]


def _fine(one, canary, codes, logged):
    if one.holder:
        return canary.who == one.holder
    if one.by is None or one.by.unit != LABOUR or one.by.role not in {Role.OFFICER, Role.CLERK}:
        return False
    if canary.who > booked.WORKS:
        return canary.what in OF_THE_JURY
    read = logged[codes.get(canary.who), one.at, one.by.role.value, one.by.unit]
    return READ_AS.get(canary.what, canary.what) in read


def _controls(seen):
    """Plant what must be found, and find it with the very same eyes."""
    town, plant = seen.town, {}
    holder = town.holders[7]
    said = next(said for said, one in town.cage.known.items() if one == (holder.number, "name"))
    roster = reverse("offers:roster", args=[holder.booking.session.code])

    def other():
        made = Crawl(town, seen.crawl.clock)
        made.clients = seen.crawl.clients
        return made

    with mock.patch.object(reading, "look"):
        crawl = other()
        crawl.ask("officer of labour", roster, {"purpose": "door"})
    plant["no look was written"] = leaks(town, crawl.shown)
    with mock.patch.object(told, "moment", return_value=said.decode()):
        crawl = other()
        crawl.ask("anonymous", reverse("offers:session", args=[town.sessions[3].code]))
        crawl.ask("anonymous", reverse("offers:session", args=[town.sessions[0].code]))
    plant["words on a public page"] = leaks(town, crawl.shown)
    (seen.home / "planted.log").write_text(f"INFO {said.decode()}")
    plant["words in a file"] = town.cage.in_files(seen.home)
    (seen.home / "planted.log").unlink()
    plant["sealed bytes in the database"] = life.found_in_the_database(
        _sealed(Subject.objects.all())
    )
    return plant


def _sealed(subjects):
    """Return what the database keeps of these, sealed."""
    columns = {
        Booking: ("name", "contact", "note", "reply_language"),
        FollowUp: ("contact", "reply_language"),
        Neighbour: ("name", "contact", "note"),
        Message: ("to", "words"),
    }
    rows = [
        row
        for model, names in columns.items()
        for row in model.objects.filter(subject__in=subjects).values_list(*names)
    ]
    return [bytes(one) for row in rows for one in row if one is not None]


def _forget_some(seen):
    """Three have it forgotten before its day, one of them the leave to be asked later."""
    holders = seen.town.holders
    asked, *going = holders[0], holders[7], holders[14]
    subjects = [one.booking.subject_id for one in going] + [asked.follow_up.subject_id]
    needles = _sealed(Subject.objects.filter(pk__in=subjects))
    staying = _sealed(Subject.objects.filter(pk=holders[15].booking.subject_id))
    for one in going:
        forget(at=now(), booking=one.booking)
    following_up.take_back(at=now(), follow_up=asked.follow_up)
    said = life._purged()
    seen.forgotten = {
        "said": said,
        "needles": len(needles),
        "left": life.found_in_the_database(needles),
        "staying": len(staying) - len(life.found_in_the_database(staying)),
        "opens": _opens(seen, going),
        "others": _opens(seen, holders[15:]),
    }


def _empty(seen):
    """The last day of retention has gone by."""
    needles = _sealed(Subject.objects.all())
    works = Entry.objects.aggregate(last=Max("contest__shown_until"))["last"]
    last = max(works, Subject.objects.aggregate(last=Max("purge_on"))["last"])
    day = datetime.combine(last + timedelta(days=1), time(3))
    seen.crawl.clock.move_to(timezone.make_aware(day))
    said = life._purged()
    seen.emptied = {
        "said": said,
        "needles": len(needles),
        "left": life.found_in_the_database(needles),
        "filled": {name: count for name, count in filled().items() if count},
        "keys": [code for code in store().alive("", 10_000) if code != "SECOND-FACTORS"],
        "opens": _opens(seen, seen.town.holders),
        "rows": [model.objects.count() for model in (Booking, FollowUp)],
        "secrets": Booking.objects.exclude(secret="", once="").count(),
        "lying about": life.lying_about(seen),
    }


def _opens(seen, holders):
    """Return whose page still opens with code and passphrase."""
    held = [{"code": one.booking.code, "passphrase": one.passphrase} for one in holders]
    answers = [seen.crawl.ask("anonymous", "/bookings/", one).status_code for one in held]
    return [one.number for one, status in zip(holders, answers, strict=True) if status != 422]
