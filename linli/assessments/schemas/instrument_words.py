"""Instruments in words: what differs between editions, what is wrong with a table."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.queries.form_faults import TRAIT, WORDS
from linli.assessments.queries.question_words import EVIDENCE, FIELDS, KINDS, own_language
from linli.assessments.rules import differences as rule
from linli.assessments.rules.instruments import Item, Texts, said
from linli.kernel.text import Words

HOW: dict[str, tuple[str, Words]] = {
    rule.ADDED: ("done", _("new")),
    rule.REMOVED: ("late", _("gone")),
    rule.CHANGED: ("note", _("changed")),
}
WHAT: dict[str, Words] = {
    rule.LANGUAGES: _("Languages"),
    rule.SECTION: pgettext_lazy("of an instrument", "Section"),
    rule.ITEM: _("Question"),
    rule.LEVEL: pgettext_lazy("of an instrument", "Level"),
}
TABLE_WRONGS: dict[str, Words] = WORDS | {
    "unknown_row": _("This row is none of: 部分, 题, 级别."),
    "no_section": _("A question stands below its section."),
    "unknown_kind": _("This is no kind of question: 是否, 量表, 数量, 比例, 文字, 照片, 数据."),
    "unknown_evidence": _("This is none of: 可附, 必附, or nothing."),
    "not_yes_or_no": _("Write 是, or nothing."),
    "not_whole": _("This is no whole number."),
    "not_a_share": _("This is no share of a hundred, such as 60 or 62.5."),
    TRAIT: WORDS[TRAIT],
}
_YES: Words = _("Yes")
_NO: Words = _("No")


class Told(NamedTuple):
    """One difference in words: its lamp, of what, where, which field, before and after."""

    state: str
    how: Words
    what: Words
    key: str
    name: str
    field: str
    before: Words
    after: Words


def told_changes(changes: Sequence[rule.Change], names: dict[str, Texts], tag: str) -> list[Told]:
    """Return differences in words. `names`: what sections, questions and levels are called, by their keys."""
    return [_told(one, said(names.get(one.key, {}), tag)) for one in changes]


def _told(one: rule.Change, name: str) -> Told:
    state, how = HOW[one.how]
    field, _space, tag = one.field.partition(" ")
    words = str(FIELDS.get(field, field))
    if tag:
        words = f"{words} ({own_language(tag).own_name})"
    before, after = (_value(field, value) for value in (one.before, one.after))
    return Told(state, how, WHAT[one.what], one.key, name, words, before, after)


def _value(field: str, value: Any) -> Words:  # noqa: ANN401 - whatever a field of a question holds
    """Return a value as people read it; a part that came or went as a whole by its first text."""
    if isinstance(value, tuple) and value and isinstance(value[-1], Item):
        return ""
    if isinstance(value, bool):
        return _YES if value else _NO
    if field == "at" and isinstance(value, int):
        return share_words(value)
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    known: dict[str, Words] = {"kind": KINDS, "evidence": EVIDENCE}.get(field, {})
    if isinstance(value, str | int):
        return known.get(str(value), str(value))
    return ""


def share_words(hundredths: int) -> str:
    """Return a share as people write it: 60 %, 62.5 %."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + " %" if rest else f"{whole} %"
