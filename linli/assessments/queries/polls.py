"""Polls as lists and pages show them: nothing of the counts before the result is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from linli.assessments.models import Box, Poll, PollMatter
from linli.assessments.rules.instruments import said
from linli.assessments.rules.polls import PollForm, Question, in_steps, share
from linli.directory.models import Unit

SET = Poll.objects.select_related("unit", "round__scheme", "subject")


@dataclass(frozen=True, slots=True)
class Row:
    """One answer of a question with its count, in whole percent of all who answered the question."""

    text: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Told:
    """One question with what was said to it; no rows where too few have answered."""

    text: str
    n: int
    rows: list[Row]


def listed_polls(day: date) -> tuple[QuerySet[Poll], QuerySet[Poll]]:
    """Return the polls that may be answered on a day, and those that are over: told, or being counted."""
    shown = SET.filter(opened_at__isnull=False)
    running = Q(released_at=None, dropped_at=None, until__gte=day)
    return shown.filter(running).order_by("until"), shown.exclude(running)


def with_part(polls: QuerySet[Poll]) -> QuerySet[Poll]:
    """Return the polls with how many slips and papers there are, and how many took part."""
    return polls.annotate(slips=Sum("matters__allowed"), took_part=Sum("matters__answered"))


def taking_part(poll: Poll) -> int:
    """Return how many took part, in steps of ten while the poll runs: of every matter for itself. One query."""
    counts = poll.matters.values_list("answered", flat=True)
    return sum(map(in_steps, counts))


def matters_told(poll: Poll) -> list[tuple[PollMatter, int | None]]:
    """Return the matters of a poll, each with its share in hundredths of a percent."""
    form = poll.form
    return [(one, share(form, one.result)) for one in poll.matters.select_related("candidacy")]


def result_of(matter: PollMatter, form: PollForm, language: str) -> list[Told]:
    """Return what a matter's result says, question by question, in a language."""
    counts = (matter.result or {"counts": {}})["counts"]
    return [_told(one, counts.get(one.key) or [], language) for one in form.questions]


def _told(question: Question, counts: list[int], language: str) -> Told:
    total = sum(counts)
    rows = zip(question.options, counts, strict=False)
    return Told(
        said(question.text, language),
        total,
        [Row(said(one.text, language), n, round(n * 100 / total)) for one, n in rows],
    )


def where_handed_out(poll: Poll) -> QuerySet[Unit]:
    """Return the units at which slips or papers of a poll are handed out."""
    of_poll = Q(sheaves__matter__poll=poll) | Q(boxes__matter__poll=poll)
    return Unit.objects.filter(of_poll).distinct().order_by("name")


def boxes_of(poll: Poll) -> dict[str, int]:
    """Return how many boxes of papers there are, and how many of them are counted."""
    of_poll = Box.objects.filter(matter__poll=poll)
    return of_poll.aggregate(boxes=Count("pk"), counted=Count("papers"))


def asked_in(form: PollForm, language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield every question with its answers, in a language."""
    for one in form.questions:
        yield said(one.text, language), [said(option.text, language) for option in one.options]


def drafted(form: PollForm) -> list[tuple[str, str, list[tuple[str, int | None]]]]:
    """Return every question by its key with its answers and what they are worth, in the language that holds."""
    first = form.languages[0]
    return [
        (
            one.key,
            said(one.text, first),
            [(said(each.text, first), each.worth) for each in one.options],
        )
        for one in form.questions
    ]


def tongue(form: PollForm, language: str) -> str:
    """Return the language in which a poll's texts stand on a page of a language: its own, else the first."""
    return language if language in form.languages else form.languages[0]
