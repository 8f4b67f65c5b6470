"""The bank of a quiz as a table: one question a row. Read in with an error for each row, or not at all."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.kernel.sheets import Sheet, write_xlsx
from linli.kernel.text import Words
from linli.offers.actions.quizzing import QuestionDraft, check_question
from linli.offers.models import Question

COLUMNS = ("题目", "A", "B", "C", "D", "E", "F", "正确答案", "解析", "作答次数", "答对次数")
_LETTERS = "ABCDEF"
_NAMES = {
    "words": ("题目", "題目", "question"),
    "right": ("正确答案", "正確答案", "答案", "right", "answer"),
    "why": ("解析", "说明", "說明", "why"),
} | {letter: (letter.lower(), f"选项{letter.lower()}", f"選項{letter.lower()}") for letter in _LETTERS}  # fmt: skip


class RowError(NamedTuple):
    """What is wrong with one line of the file."""

    line: int
    words: Words


class Read(NamedTuple):
    """What a table holds: the questions, and what is wrong with its rows. Nothing is kept while something is."""

    drafts: list[QuestionDraft]
    errors: list[RowError]


def read_bank(sheet: Sheet, known: Iterable[str], *, by: Actor, at: datetime) -> Read:
    """Read the questions of a table, none of them known already.

    Refuses: no_columns unless there are a question, two answers and the right one.
    """
    heads = [name.strip().lower() for name in sheet.columns]
    places = {
        name: next((n for n, head in enumerate(heads) if head in called), -1)
        for name, called in _NAMES.items()
    }
    if min(places[name] for name in ("words", "A", "B", "right")) < 0:
        raise Refused(
            "no_columns",
            _("The table needs the columns 题目, A, B and 正确答案; C to F and 解析 may follow."),
        )
    drafts: list[QuestionDraft] = []
    errors: list[RowError] = []
    seen = set(known)
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        draft = _draft({name: row[n].strip() if n >= 0 else "" for name, n in places.items()})
        try:
            check_question(by=by, at=at, draft=draft, known=seen)
        except Refused as refused:
            errors.append(RowError(line, refused.sentence))
        else:
            drafts.append(draft)
            seen.add(draft.words)
    return Read(drafts, errors)


def written(questions: Iterable[Question], title: str) -> bytes:
    """Return the bank as XLSX, with how often each question was answered."""
    return write_xlsx(COLUMNS, [_row(one) for one in questions], title=title)


def _draft(said: dict[str, str]) -> QuestionDraft:
    letters = [letter for letter in _LETTERS if said[letter]]
    right = said["right"].upper()
    return QuestionDraft(
        words=said["words"],
        choices=[said[letter] for letter in letters],
        right=letters.index(right) if right in letters else -1,
        why=said["why"],
    )


def _row(one: Question) -> Sequence[str | int]:
    choices = [*one.choices, *[""] * len(_LETTERS)][: len(_LETTERS)]
    return [one.words, *choices, _LETTERS[one.right], one.why, one.answered, one.rightly]
