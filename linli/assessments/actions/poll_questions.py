"""What a poll asks is written while nobody answers it yet."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Poll
from linli.assessments.rules import polls as rules
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.traits import trait_in

LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the questions."""

    title: str
    until: date
    words: str = ""
    languages: tuple[str, ...] = ("zh-hans",)


@transaction.atomic
def frame_poll(*, by: Actor, at: datetime, poll: Poll, frame: Frame) -> Poll:
    """Change name, purpose, last day or languages of a draft; texts in a language that is left out go.

    Refuses: not_allowed; not_draft; no_name; no_language.
    """
    kept = _draft(by, at, poll)
    if not frame.title.strip():
        raise Refused("no_name", _("Say its name."))
    if not frame.languages:
        raise Refused("no_language", _("Choose a language."))
    kept.title, kept.words, kept.until = frame.title.strip(), frame.words.strip(), frame.until
    kept.document = rules.written(rules.in_languages(kept.form, frame.languages))
    kept.save(update_fields=["title", "words", "until", "document"])
    return kept


@transaction.atomic
def save_questions(*, by: Actor, at: datetime, poll: Poll, form: rules.PollForm) -> Poll:
    """Keep the questions of a draft, in its languages.

    Refuses: not_allowed; not_draft; too_many_questions; too_many_options; text_too_long; asks_a_trait for a text
    that asks what nobody is asked.
    """
    kept = _draft(by, at, poll)
    if len(form.questions) > rules.MOST_QUESTIONS:
        raise Refused("too_many_questions", _("A poll asks twenty questions at most."))
    if any(len(one.options) > rules.MOST_OPTIONS for one in form.questions):
        raise Refused("too_many_options", _("A question has eight answers at most."))
    texts = list(rules.texts_of(form))
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise Refused("text_too_long", _("This is too long."))
    if any(map(trait_in, texts)):
        raise Refused("asks_a_trait", _("Nobody is asked for a trait of persons. Ask about the matter."))  # fmt: skip
    kept.document = rules.written(rules.in_languages(form, kept.form.languages))
    kept.save(update_fields=["document"])
    return kept


def _draft(by: Actor, _at: datetime, poll: Poll) -> Poll:
    allow(by, Role.PLANNER)
    kept = Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    if kept.state != "draft":
        raise Refused("not_draft", _("This poll is open already."), status=409)
    return kept
