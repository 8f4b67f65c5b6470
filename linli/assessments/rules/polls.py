"""What a poll asks, how answers are counted, and what of the counts may be told. Pure.

A question has answers of which one is chosen, or none; no words are asked, so that an answer is a number to add
and nothing else. `worth` says what an answer earns in a score, in a hundred; without it, it is left out of the score.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from linli.assessments.rules.instruments import WHOLE, Fault, Texts
from linli.kernel.weighing import divided

THRESHOLD = 10  # of fewer answers nothing is told
STEP = 10  # while a poll runs, how many took part is told in steps
MOST_QUESTIONS, MOST_OPTIONS, BEST = 20, 8, 100
PAPERS_DAYS = (
    30  # after the last one boxes are counted so long; then the result is told without them
)
POLL_DAYS = 60  # after the last one the key to the counts is destroyed, told or not

Counts = list[int]  # one number an option, question by question in their order
Chosen = Mapping[str, str]  # by question: the option


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen."""

    key: str
    text: Texts
    worth: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question."""

    key: str
    text: Texts
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PollForm:
    """What a poll asks, in its languages: the first of them is the one that holds."""

    languages: tuple[str, ...]
    questions: tuple[Question, ...] = ()

    def options(self) -> Iterator[tuple[str, str]]:
        """Yield every place of the counts: the keys of a question and of its option."""
        for question in self.questions:
            for option in question.options:
                yield question.key, option.key


def read(document: Mapping[str, Any]) -> PollForm:
    """Return the form that a document holds. Raises KeyError or TypeError for what is no such document."""
    return PollForm(
        tuple(document["languages"]),
        tuple(
            Question(one["key"], one["text"], tuple(Option(**option) for option in one["options"]))
            for one in document["questions"]
        ),
    )


def written(form: PollForm) -> dict[str, Any]:
    """Return the document of a form."""
    return {
        "languages": list(form.languages),
        "questions": [
            {
                "key": one.key,
                "text": dict(one.text),
                "options": [
                    {"key": option.key, "text": dict(option.text), "worth": option.worth}
                    for option in one.options
                ],
            }
            for one in form.questions
        ],
    }


def put(form: PollForm, question: Question) -> PollForm:
    """Return the form with this question in place of the one of its key, else behind the others."""
    keys = [one.key for one in form.questions]
    others = tuple(question if one.key == question.key else one for one in form.questions)
    return replace(form, questions=others if question.key in keys else (*others, question))


def without(form: PollForm, key: str) -> PollForm:
    """Return the form without a question."""
    return replace(form, questions=tuple(one for one in form.questions if one.key != key))


def in_languages(form: PollForm, languages: Sequence[str]) -> PollForm:
    """Return the form in these languages: texts in others are left out."""
    return PollForm(
        tuple(languages),
        tuple(
            Question(
                one.key,
                _only(one.text, languages),
                tuple(
                    replace(option, text=_only(option.text, languages)) for option in one.options
                ),
            )
            for one in form.questions
        ),
    )


def _only(texts: Texts, languages: Sequence[str]) -> Texts:
    return {language: texts[language] for language in languages if language in texts}


def texts_of(form: PollForm) -> Iterator[str]:
    """Yield every text of a form."""
    for question in form.questions:
        yield from question.text.values()
        for option in question.options:
            yield from option.text.values()


def faults(form: PollForm) -> list[Fault]:
    """Return what keeps a poll from opening, in the order of its questions; nothing where it may open."""
    first = form.languages[0]
    found = [] if form.questions else [Fault("no_questions")]
    for question in form.questions:
        found += (Fault(code, question.key) for code in _wrong(question, first))
        found += (
            Fault("not_translated", question.key)
            for language in form.languages[1:]
            if not _said_in(question, language)
        )
    return found


def _wrong(question: Question, first: str) -> Iterator[str]:
    if not _said_in(question, first):
        yield "no_text"
    if not 2 <= len(question.options) <= MOST_OPTIONS:
        yield "no_options"
    if len({option.text.get(first) for option in question.options}) < len(question.options):
        yield "options_alike"
    if any(one.worth is not None and not 0 <= one.worth <= BEST for one in question.options):
        yield "worth_out_of_range"


def _said_in(question: Question, language: str) -> bool:
    texts = (question.text, *(option.text for option in question.options))
    return all(text.get(language, "").strip() for text in texts)


def is_answer(form: PollForm, chosen: Chosen) -> bool:
    """Say whether these are answers to this poll: at least one, each to a question that it asks."""
    return bool(chosen) and set(chosen.items()) <= set(form.options())


def ones(form: PollForm, chosen: Chosen) -> Counts:
    """Return what one set of answers adds to the counts."""
    return [int(chosen.get(question) == option) for question, option in form.options()]


def added(counts: Sequence[int], more: Sequence[int]) -> Counts:
    """Return the counts of two together. Raises ValueError unless they are of one poll."""
    return [one + other for one, other in zip(counts, more, strict=True)]


def packed(counts: Sequence[int]) -> bytes:
    """Return counts as bytes, always as many: what is sealed does not tell by its length how much it counts."""
    return struct.pack(f">{len(counts)}I", *counts)


def unpacked(said: bytes) -> Counts:
    """Return the counts that were packed."""
    return list(struct.unpack(f">{len(said) // 4}I", said))


def by_question(form: PollForm, counts: Sequence[int]) -> dict[str, Counts]:
    """Return the counts question by question."""
    told, start = {}, 0
    for question in form.questions:
        told[question.key] = list(counts[start : start + len(question.options)])
        start += len(question.options)
    return told


def fits(form: PollForm, counts: Sequence[int], papers: int) -> bool:
    """Say whether so many papers can hold these counts: no question was answered more often than there are papers."""
    return all(sum(one) <= papers for one in by_question(form, counts).values())


def told(form: PollForm, counts: Sequence[int], answered: int) -> dict[str, Any] | None:
    """Return what may be told of counts: nothing of fewer than ten answers, to the whole or to one question."""
    if answered < THRESHOLD:
        return None
    questions = by_question(form, counts)
    return {
        "n": answered,
        "counts": {key: one if sum(one) >= THRESHOLD else None for key, one in questions.items()},
    }


def in_steps(answered: int) -> int:
    """Return how many took part as it is told while the poll runs: rounded down, so that one more is not seen."""
    return answered // STEP * STEP


def share(form: PollForm, result: Mapping[str, Any] | None) -> int | None:
    """Return what a result earns, in hundredths of a percent; None where too few have answered what earns.

    The mean over the questions that earn, each counting the same; one fraction, rounded once.
    """
    above, under, asked = 0, 1, 0
    for question in form.questions:
        counts = (result or {"counts": {}})["counts"].get(question.key)
        pairs = [(n, one.worth) for n, one in zip(counts or (), question.options, strict=False)]
        earned = sum(n * worth for n, worth in pairs if worth is not None)
        among = sum(n for n, worth in pairs if worth is not None)
        if among >= THRESHOLD:
            above, under, asked = above * among + earned * under, under * among, asked + 1
    return divided(above * WHOLE, under * BEST * asked) if asked else None
