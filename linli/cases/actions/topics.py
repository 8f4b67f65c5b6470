"""Keep the map of who answers for what: topics and their days, reply templates, officials as published."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case, Leader, ReplyTemplate, Topic
from linli.directory.models import Service, Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.traits import trait_in


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDraft:
    """What a topic says: its words, its unit, its days."""

    name: str
    kind: str
    unit: Unit
    description: str = ""
    group: str = ""
    service: Service | None = None
    keywords: list[str] = field(default_factory=list)
    step_days: int = 1
    unit_days: int = 5
    case_days: int = 10
    kept_days: int = 180
    sensitive: bool = False


@transaction.atomic
def open_topic(*, by: Actor, at: datetime, code: str, draft: TopicDraft) -> Topic:
    """Let people ask about something new, from `at` on. The code stands in addresses and never changes.

    Refuses: not_allowed unless a planner does; code_taken; no_name; unknown_kind; unit_closed;
    days_out_of_order unless step ≤ unit ≤ whole case and all are within their bounds; trait_of_a_person for
    words that would say what kind of person asks; topic_unclear for words that are too long or of the wrong
    form.
    """
    allow(by, Role.PLANNER)
    if Topic.objects.filter(code=code).exists():
        raise Refused("code_taken", _("Another topic bears this code."))
    topic = Topic(code=code)
    return _kept(topic, draft)


@transaction.atomic
def amend_topic(*, by: Actor, at: datetime, topic: Topic, draft: TopicDraft) -> Topic:
    """Say it better or give it another unit or other days; what was asked before `at` keeps its own days.

    Refuses: not_allowed unless a planner does; topic_closed; no_name; unknown_kind; unit_closed;
    days_out_of_order; trait_of_a_person; topic_unclear.
    """
    allow(by, Role.PLANNER)
    topic = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
    _check_open(topic)
    if draft.sensitive and not topic.sensitive:
        Case.objects.filter(topic=topic, public=True).update(public=False)
    return _kept(topic, draft)


@transaction.atomic
def close_topic(*, by: Actor, at: datetime, topic: Topic) -> Topic:
    """Let nobody ask about it any more; cases that are open go on.

    Refuses: not_allowed unless a planner does; topic_closed; last_resort for the topic of all else, which
    every town has.
    """
    allow(by, Role.PLANNER)
    topic = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
    _check_open(topic)
    if topic.code == "other":
        raise Refused("last_resort", _("Every town has this topic: what fits no other comes here."))
    topic.closed_on = localdate(at)
    topic.save(update_fields=["closed_on"])
    return topic


@transaction.atomic
def write_template(
    *, by: Actor, at: datetime, name: str, language: str, words: str
) -> ReplyTemplate:
    """Keep a reply that one's unit writes often; the same name and language again is written anew.

    Refuses: not_allowed; no_unit when the actor's unit is unknown at `at`; no_name; no_words;
    words_too_long.
    """
    allow(by, Role.OFFICER, Role.CLERK)
    unit = Unit.objects.filter(name=by.unit).first()
    if unit is None:
        raise Refused("no_unit", _("Your unit is not known here."))
    if not (name := name.strip()):
        raise Refused("no_name", _("Give it a name."))
    if not (words := words.strip()):
        raise Refused("no_words", _("Write something."))
    if max(len(words) - 8000, len(name) - 60, len(language) - 20) > 0:
        raise Refused("words_too_long", _("This is too long."))
    template, _new = ReplyTemplate.objects.update_or_create(
        unit=unit, name=name, language=language, defaults={"words": words}
    )
    return template


@transaction.atomic
def drop_template(*, by: Actor, at: datetime, template: ReplyTemplate) -> None:
    """Forget a template of one's unit, whenever.

    Refuses: not_allowed; not_own_template.
    """
    allow(by, Role.OFFICER, Role.CLERK)
    if by.role != Role.SYSTEM and template.unit.name != by.unit:
        raise Refused("not_own_template", _("There is no such template at your unit."), status=404)
    template.delete()


@transaction.atomic
def name_official(*, by: Actor, at: datetime, unit: Unit, office: str, name: str) -> Leader:
    """Enter an official who answers for the petitions of a unit, by office and name as published.

    Refuses: not_allowed unless a planner or supervisor does; unit_closed; no_office; no_name;
    words_too_long.
    """
    allow(by, Role.PLANNER, Role.SUPERVISOR)
    if unit.closed_on is not None and unit.closed_on <= localdate(at):
        raise Refused("unit_closed", _("This unit does not work any more."))
    office, name = office.strip(), name.strip()
    if not office:
        raise Refused("no_office", _("Say which office the official holds."))
    if not name:
        raise Refused("no_name", _("Give it a name."))
    if max(len(office), len(name)) > 60:
        raise Refused("words_too_long", _("This is too long."))
    return Leader.objects.create(unit=unit, office=office, name=name)


@transaction.atomic
def end_office(*, by: Actor, at: datetime, leader: Leader) -> Leader:
    """Say that an official no longer holds the office; cases that name them keep the name.

    Refuses: not_allowed unless a planner or supervisor does.
    """
    allow(by, Role.PLANNER, Role.SUPERVISOR)
    leader.until_on = localdate(at)
    leader.save(update_fields=["until_on"])
    return leader


def _kept(topic: Topic, draft: TopicDraft) -> Topic:
    if not draft.name.strip():
        raise Refused("no_name", _("Give it a name."))
    if draft.kind not in dict(Topic.KINDS):
        raise Refused("unknown_kind", _("Choose one of the kinds."))
    if draft.unit.closed_on is not None:
        raise Refused("unit_closed", _("This unit does not work any more."))
    in_order = 1 <= draft.step_days <= draft.unit_days <= draft.case_days <= 250
    if not in_order or not 1 <= draft.kept_days <= 1100:
        raise Refused(
            "days_out_of_order", _("One step ≤ the unit ≤ all in all ≤ 250 working days.")
        )
    _refuse_traits(topic.code, draft)
    given: dict[str, Any] = {one.name: getattr(draft, one.name) for one in fields(draft)}
    for name, value in given.items():
        setattr(topic, name, value)
    try:
        topic.clean_fields()
    except ValidationError:
        raise Refused(
            "topic_unclear", _("Something is too long or not of the right form.")
        ) from None
    topic.save()
    return topic


def _refuse_traits(code: str, draft: TopicDraft) -> None:
    """A case shows its topic unsealed: it may say what somebody asks about, never what they are."""
    said = (code.replace("-", " "), draft.name, draft.group, *draft.keywords)
    if found := next(filter(None, map(trait_in, said)), ""):
        raise Refused(
            "trait_of_a_person",
            _("“%(words)s” names a trait of persons. Say what is asked about, not who asks.")
            % {"words": found},
        )


def _check_open(topic: Topic) -> None:
    if topic.closed_on is not None:
        raise Refused("topic_closed", _("This is not asked for here any more."))
