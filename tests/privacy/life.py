"""The life of the canary town: built, crawled, carried out, emptied; what was seen on the way is kept as evidence."""

import io
import shutil
import subprocess
import threading
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from unittest import mock

from django.core.management import call_command
from django.db import connection
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from linli.cases import api
from linli.cases.actions import reading
from linli.cases.actions.forgetting import forget
from linli.cases.models import Case, Draft, Step
from linli.kernel import exporting, grants, log_audit, sending
from linli.kernel.checkpoints import read_checkpoint
from linli.kernel.clock import now
from linli.kernel.keystore import store
from linli.kernel.log_export import lines
from linli.kernel.log_key import own_key
from linli.kernel.log_proofs import proof_of
from linli.kernel.looks import sequence
from linli.kernel.merkle import Place, includes, leaf_hash
from linli.kernel.models import BreakGlass, Look, Message, Subject
from linli.kernel.notes import read_note
from linli.portal import views as portal
from tests.privacy import crawl as crawling
from tests.privacy import town as building
from tests.privacy.crawl import Crawl
from tests.privacy.town import LATER, Town
from tests.town.contents import contents

ERASED = 50
_READ_BY_ITS_UNIT = {"asks", "is taken", "is answered", "is extended"}
NEW = 20


@dataclass
class Evidence:
    """What was seen, phase by phase."""

    town: Town
    crawl: Crawl
    home: Path
    written: io.StringIO
    leaks: list = field(default_factory=list)
    unseen: list = field(default_factory=list)
    taken_home: dict = field(default_factory=dict)
    letters: list = field(default_factory=list)
    leaves: dict = field(default_factory=dict)
    lying_about: dict = field(default_factory=dict)
    erased: dict = field(default_factory=dict)
    emptied: dict = field(default_factory=dict)
    controls: dict = field(default_factory=dict)


def live(home, clock, written):

    town = building.build()
    clock.move_to(LATER)
    seen = Evidence(town, Crawl(town, clock), home, written)
    seen.crawl.sign_in()
    seen.letters = _letters(seen)
    _crawl(seen)
    seen.leaks = crawling.leaks(town, seen.crawl.shown)
    seen.unseen = crawling.unseen(town, seen.crawl.shown)
    _controls(seen)
    seen.lying_about = lying_about(seen)
    _erase_while_others_ask(seen)
    _empty(seen)
    return seen


def _letters(seen):
    """Let the outbox send what waits at once; what is written later waits on, and is there to be found."""
    came = []

    class Line:
        def send(self, letter):
            came.append(letter)

        def close(self):
            """Nobody is on the line."""

    with mock.patch.dict(sending.LINES, dict.fromkeys(sending.LINES, Line)):
        sending.send_due(now())
    return [
        (one, seen.town.cage.found(f"{one.to} {one.subject} {one.text}".encode())) for one in came
    ]


def _crawl(seen):
    people, crawl = seen.town.people, seen.crawl
    crawling.everywhere(crawl)
    by_unit = {person.case.unit.name: person for person in people}
    for person in (by_unit[crawling.HOUSING], by_unit[crawling.LEGAL]):
        crawling.every_case_address(crawl, person)
    for person, stranger in zip(people, [*people[1:], people[0]], strict=True):
        crawling.as_staff(crawl, person)
        answer = crawling.as_holder(crawl, person, stranger)
        seen.taken_home[person.number] = set(seen.town.cage.found(answer.content))
    for glass in BreakGlass.objects.exclude(let_in_at=None)[:10]:
        for who in ("officer of housing", "officer of legal aid"):
            crawl.ask(who, reverse("cases:emergency_case", args=[glass.code]))
    for number, draft, passphrase in seen.town.drafts:
        crawling.as_beginner(crawl, number, draft, passphrase)
    _fail_in_the_middle(crawl, people[0])


def _fail_in_the_middle(crawl, person):
    """A page breaks while it holds what somebody said."""

    def broken(case, key, fields, *, staff):
        raise ValueError(reading.unseal_text(case, key, "words"))

    with mock.patch.object(reading, "_opened", broken):
        who = crawling.OF_UNIT[person.case.unit.name]
        answer = crawl.ask(who, reverse("cases:desk", args=[person.case.code]))
    assert answer.status_code == 500


def _controls(seen):
    """Plant what must be found, and find it with the very same eyes."""
    town, clock, plant = seen.town, seen.crawl.clock, seen.controls
    person = next(
        one
        for one in town.people
        if one.deed == "is taken" and one.case.unit.name == crawling.HOUSING
    )
    said = next(
        said for said, canary in town.cage.known.items() if canary == (person.number, "words")
    )
    address = reverse("cases:desk", args=[person.case.code])

    def other():
        made = Crawl(town, clock)
        made.clients = seen.crawl.clients
        return made

    with mock.patch.object(portal, "LIMITS", (said.decode(),)):
        crawl = other()
        crawl.ask("anonymous", "/privacy/")
    plant["words on a public page"] = crawling.leaks(town, crawl.shown)
    with mock.patch.object(reading, "look"):
        crawl = other()
        crawl.ask("officer of housing", address)
    plant["no look was written"] = crawling.unseen(town, crawl.shown)
    everything = mock.patch.object(grants, "granted_fields", return_value=frozenset({"words"}))
    anybody = mock.patch.object(api, "case_at", return_value=person.case)
    with everything, anybody:
        crawl = other()
        crawl.ask("program of labour", f"/api/desk/cases/{person.case.code}")
    plant["no grant was asked for"] = crawling.leaks(town, crawl.shown)
    (seen.home / "planted.log").write_text(f"INFO {said.decode()}")
    plant["words in a file"] = town.cage.in_files(seen.home)
    (seen.home / "planted.log").unlink()
    plant["sealed bytes in the database"] = found_in_the_database(
        _sealed(Case.objects.filter(pk=person.case.pk))
    )


def lying_about(seen):
    """Return {where: canaries} of all that is written anywhere: database, files, keys, logs, exports."""
    cage = seen.town.cage
    told = {"log": seen.written.getvalue().encode()} | kept_by_the_database()
    told |= {"address": "\n".join(one.address for one in seen.crawl.shown).encode()}
    found = {where: cage.found(data) for where, data in told.items()}
    found |= cage.in_files(seen.home, _exported(seen.home))
    return {where: canaries for where, canaries in found.items() if canaries}


def kept_by_the_database():
    """Return the bytes of the database: its files, or its dump."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        return {path.name: contents(path) for path in name.parent.glob(f"{name.name}*")}
    places = [shutil.which("pg_dump"), *map(str, Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))]
    program = next(filter(None, places), None)
    if program is None:
        return {}
    connection.ensure_connection()
    here = connection.connection.info
    command = [program, "-h", here.host, "-p", str(here.port), "-U", here.user, here.dbname]
    return {"dump": subprocess.run(command, capture_output=True, check=True).stdout}


def found_in_the_database(needles):
    """Return which of these bytes the database keeps, plain or in hex."""
    kept = b"".join(kept_by_the_database().values())
    return [needle for needle in needles if needle in kept or needle.hex().encode() in kept]


def _exported(home):
    folder = home / "exports"
    for export in exporting.declared():
        (folder / export.standard).mkdir(parents=True, exist_ok=True)
        try:
            export.write(folder / export.standard, now())
        except exporting.Nothing:
            continue
    return folder


def _sealed(cases):
    """Return what the database keeps of these cases, sealed."""
    columns = ("words", "wish", "place", "contact", "reply_language")
    found = [bytes(one) for row in cases.values_list(*columns) for one in row if one is not None]
    of = {"subject__case__in": cases}
    found += [
        bytes(one)
        for row in Message.objects.filter(**of).values_list("to", "words")
        for one in row
        if one
    ]
    found += [
        bytes(one)
        for one in BreakGlass.objects.filter(**of, reason__isnull=False).values_list(
            "reason", flat=True
        )
    ]
    steps = Step.objects.filter(case__in=cases, words__isnull=False)
    return found + [bytes(one) for one in steps.values_list("words", flat=True)]


def _erase_while_others_ask(seen):
    """Fifty have everything destroyed before its day, while others ask."""
    going = [person for person in seen.town.people if person.number <= ERASED]
    cases = Case.objects.filter(pk__in=[person.case.pk for person in going])
    needles, names, failures = _sealed(cases), _files(cases), []
    staying = _sealed(Case.objects.exclude(pk__in=cases)[:ERASED])
    topics = building.topics()
    _note_leaves(seen)

    def write():
        try:
            for number in range(8000, 8000 + NEW):
                building._asks(seen.town, number, topics[0], "asks")
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    for person in going:
        forget(at=now(), case=person.case)
    writer.join()
    said = _purged()
    seen.erased = {
        "failures": failures,
        "said": said,
        "needles": len(needles),
        "left": found_in_the_database(needles),
        "files": [name for name in names if _path(seen, name).exists()],
        "staying": len(staying) - len(found_in_the_database(staying)),
        "purged": cases.exclude(purged_at=None).count(),
        "asked": Subject.objects.filter(purpose="case", destroyed_on=None).count(),
        "opens": _opens(seen, going),
        "lying about": lying_about(seen),
    }


def _note_leaves(seen):
    sequence(now())
    seen.leaves |= {look.position: bytes(look.leaf) for look in Look.objects.all()}


def _opens(seen, people):
    """Return whose page still opens with code and passphrase."""
    held = [{"code": one.case.code, "passphrase": one.passphrase} for one in people]
    answers = [seen.crawl.ask("anonymous", "/follow/", one).status_code for one in held]
    return [one.number for one, status in zip(people, answers, strict=True) if status != 422]


def _purged():
    out = io.StringIO()
    call_command("purge", stdout=out, stderr=out)
    return out.getvalue()


def _files(cases):
    return [name for case in cases for name in case.attachments.values_list("digest", flat=True)]


def _path(seen, name):
    return seen.home / "files" / "sealed" / name[:2] / name


def _empty(seen):
    """The last day of retention has gone by."""
    _note_leaves(seen)
    before = seen.leaves
    needles = _sealed(Case.objects.filter(purged_at=None))
    last = Subject.objects.aggregate(last=Max("purge_on"))["last"]
    seen.crawl.clock.move_to(
        timezone.make_aware(datetime.combine(last + timedelta(days=1), time(3)))
    )
    said = _purged()
    seen.emptied = {
        "said": said,
        "needles": len(needles),
        "left": found_in_the_database(needles),
        "files": [path for path in (seen.home / "files").rglob("*") if path.is_file()],
        "keys": [code for code in store().alive("", 10_000) if code != "SECOND-FACTORS"],
        "rows": [model.objects.count() for model in (Look, Message, Draft)],
        "leaves": len(before),
        "unproven": [at for at, leaf in before.items() if not _proven(at, leaf)],
        "faults": log_audit.verify(lines(), log_audit.read_keys([str(own_key())], [])).faults,
        "opens": _opens(seen, seen.town.people[-3:]),
        "lying about": lying_about(seen),
    }


def _proven(position, leaf):
    proof = proof_of(position)
    told = proof.told()
    state = read_checkpoint(read_note(proof.note).text)
    place = Place(position, state.size, state.root)
    return (
        proof.leaf == leaf
        and told["size"] == state.size
        and includes(place, leaf_hash(leaf), proof.hashes)
    )
