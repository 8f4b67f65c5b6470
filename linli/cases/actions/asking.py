"""Ask: what somebody says is sealed under a key of its own, its clocks start, and its unit may read it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.actions import steps
from linli.cases.actions.concerns import count_concern
from linli.cases.actions.correcting import point_at
from linli.cases.actions.drafts import drop_draft, open_draft, save_draft
from linli.cases.models import Attachment, Case, ClockEvent, Topic
from linli.cases.rules import clocks, reasons, retention
from linli.directory.models import Area, Location, Unit
from linli.kernel import grants
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.addresses import read_address
from linli.kernel.codes import new_code
from linli.kernel.fields import seal
from linli.kernel.models import Subject
from linli.kernel.passphrases import keyed_hash, new_passphrase, read_passphrase
from linli.kernel.prepared import Prepared
from linli.kernel.refusals import Refused
from linli.kernel.sealed_files import keep_sealed
from linli.kernel.sealing import Key
from linli.kernel.subjects import key_of, new_subject
from linli.kernel.uploads import Rebuilt

__all__ = [
    "Asked",
    "Contact",
    "Receipt",
    "ask",
    "attach",
    "drop_draft",
    "open_draft",
    "save_draft",
]

MOST_PHOTOS = 5
_taken = Prepared(lambda code: Case.objects.filter(code=code).only("pk"), str)
OTHER = "other"  # the topic that every town has: the window that finds out who answers


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the person: `email` or `sms`, and the address."""

    channel: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks. `fields_granted`: what its unit may read; `passing_on` among them lets it hand on."""

    topic: Topic | None
    area: Area
    location: Location | None = None
    words: str
    wish: str = ""
    place: str = ""
    contact: Contact | None = None
    told_by: Unit | None = None  # its window says what happened to who leaves no address
    reply_language: str = ""
    photos: tuple[Rebuilt, ...] = field(default=(), repr=False)
    channel: str = "web"
    about: str = ""  # the public thing that it is about, as addresses name it
    fields_granted: tuple[str, ...] = reasons.BY_DEFAULT
    public: bool = False


class Receipt(NamedTuple):
    """What the person takes along: the case with its code, and the passphrase, which is shown once."""

    case: Case
    passphrase: str


@transaction.atomic
def ask(*, by: Actor, at: datetime, asked: Asked, kind: str = "") -> Receipt:
    """Keep what was asked, sealed, let its unit read what was ticked, and start the three clocks.

    `kind` makes it another kind than its topic's. It is kept at the latest until rules/retention.py says.
    Refuses: not_allowed for staff who see no case; no_words; words_too_long; no_topic when none was chosen
    and the town has no topic for all else; topic_closed; unknown_field for a grant of something else;
    unknown_channel; address_wrong for a contact that nothing reaches; unit_closed when no window is there
    any more to tell the answer; too_many_photos.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    _check(asked)
    topic = _topic(asked)
    kept_until = retention.at_latest(localdate(at), topic.case_days, topic.kept_days)
    subject = new_subject(purpose="case", purge_on=kept_until, at=at)
    key, passphrase = key_of(subject, at=at), new_passphrase()
    case, happened = _begun(asked, topic, subject, at)
    case.kind = kind or topic.kind
    case.secret = keyed_hash(case.code, read_passphrase(passphrase) or "")
    _seal(case, key, asked)
    case.save(force_insert=True)
    ClockEvent.objects.bulk_create(
        ClockEvent(case=case, clock=one.clock, verb=one.verb, due_at=one.due_at, at=at)
        for one in happened
    )
    steps.note(by=by, at=at, case=case, verb="asked", to_unit=topic.unit.name)
    if asked.about and case.kind == Topic.CORRECTION:
        point_at(by=by, at=at, case=case, about=asked.about)
    count_concern(by=by, at=at, about=asked.about)
    grants.give(
        subject=subject,
        about=case.code,
        to_unit=topic.unit.name,
        fields={"words", *asked.fields_granted},
        purpose="handle",
        how="counter" if asked.channel == "station" else "asking",
        at=at,
        days=(kept_until - localdate(at)).days,
    )
    attach(by=by, at=at, case=case, photos=asked.photos, key=key)
    return Receipt(case, passphrase)


def attach(*, by: Actor, at: datetime, case: Case, photos: tuple[Rebuilt, ...], key: Key) -> None:
    """Keep photos and papers, sealed, with their case, whoever brings them.

    Refuses: too_many_photos.
    """
    if len(photos) > MOST_PHOTOS:
        raise Refused("too_many_photos", _("At most five photos or papers at a time."))
    kept = []
    for photo in photos:
        code = new_code()
        digest = keep_sealed(key, code, photo.data)
        kept.append(
            Attachment(
                code=code,
                case=case,
                digest=digest,
                media_type=photo.media_type,
                size=len(photo.data),
                at=at,
            )
        )
    if kept:
        Attachment.objects.bulk_create(kept)


def _check(asked: Asked) -> None:
    if not asked.words.strip():
        raise Refused("no_words", _("Say in your own words what you need."))
    if max(len(asked.words), len(asked.wish), len(asked.place)) > steps.LONGEST:
        raise Refused("words_too_long", _("This is too long."))
    if set(asked.fields_granted) - set(reasons.FIELDS):
        raise Refused("unknown_field", _("This cannot be given to read."))
    if asked.channel not in dict(Case.CHANNELS):
        raise Refused(
            "unknown_channel", _("Cases come online, at a station or by another service.")
        )
    if asked.contact:
        read_address(asked.contact.channel, asked.contact.address)
    if asked.told_by and asked.told_by.closed_on is not None:
        raise Refused("unit_closed", _("This unit does not work any more."))


def _topic(asked: Asked) -> Topic:
    if asked.topic is not None:
        if asked.topic.closed_on is not None:
            raise Refused("topic_closed", _("This is not asked for here any more."))
        return asked.topic
    other = Topic.objects.asked_for().select_related("unit").filter(code=OTHER).first()
    if other is None:
        raise Refused("no_topic", _("Say what it is about."))
    return other


def _begun(
    asked: Asked, topic: Topic, subject: Subject, at: datetime
) -> tuple[Case, list[clocks.Happened]]:
    days = clocks.Days(topic.step_days, topic.unit_days, topic.case_days)
    begun, happened = clocks.begun(at, days, steps.CALENDAR)
    case = Case(
        code=_fresh_code(),
        subject=subject,
        topic=topic,
        area=asked.area,
        location=asked.location,
        channel=asked.channel,
        told_by=asked.told_by,
        unit=topic.unit,
        public=asked.public and not topic.sensitive,
        asked_at=at,
        first_due_at=begun.case,
        step_due_at=begun.step,
        unit_due_at=begun.unit,
        due_at=begun.case,
        next_due_at=begun.next,
    )
    return case, happened


def _seal(case: Case, key: Key, asked: Asked) -> None:
    given = {
        "words": asked.words.strip(),
        "wish": asked.wish.strip(),
        "place": asked.place.strip(),
        "reply_language": asked.reply_language,
        "contact": _reached(asked.contact),
    }
    seal(case, key, **{name: value for name, value in given.items() if value})


def _reached(contact: Contact | None) -> dict[str, str] | None:
    if contact is None:
        return None
    return {contact.channel: read_address(contact.channel, contact.address)}


def _fresh_code() -> str:
    # Among ten million cases one new code in four thousand is taken.
    while _taken.first(code := new_code()):
        pass
    return code
