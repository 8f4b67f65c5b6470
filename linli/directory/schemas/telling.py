"""The directory's codes in words: languages, weekdays, ways in, ways of speaking, situations, freshness."""

from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from linli.directory.models import Entry, LanguageHours, Location
from linli.directory.rules.eligibility import Question
from linli.directory.rules.freshness import Fresh
from linli.kernel.text import Words
from linli.ui.languages import LANGUAGES, PREPARED, Language

LANGUAGE_NAMES: dict[str, Words] = {
    "zh-Hans": _("Mandarin Chinese"),
    "ug": _("Uyghur"),
    "bo": _("Tibetan"),
    "mn-Mong": _("Mongolian"),
    "za": _("Zhuang"),
    "kk-Arab": _("Kazakh"),
    "ii": _("Yi"),
    "ko": _("Korean"),
    "en": _("English"),
}
WEEKDAYS: tuple[Words, ...] = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
SHORT_WEEKDAYS: tuple[Words, ...] = (
    pgettext_lazy("short weekday", "Mon"),
    pgettext_lazy("short weekday", "Tue"),
    pgettext_lazy("short weekday", "Wed"),
    pgettext_lazy("short weekday", "Thu"),
    pgettext_lazy("short weekday", "Fri"),
    pgettext_lazy("short weekday", "Sat"),
    pgettext_lazy("short weekday", "Sun"),
)
MODES: dict[str, Words] = dict(LanguageHours.MODES)
KINDS_OF_PLACE: dict[str, Words] = dict(Location.KINDS)
KINDS: dict[str, Words] = dict(Entry.KINDS)
WAYS_IN: dict[str, Words] = {
    "step-free": _("way in without steps"),
    "ramp": _("ramp"),
    "lift": _("lift"),
    "accessible-toilet": _("accessible toilet"),
    "low-counter": _("low counter"),
    "hearing-loop": _("hearing loop"),
    "sign-language": _("sign language"),
    "large-print": _("papers in large print"),
    "guide-dog": _("guide dogs welcome"),
    "child-room": _("room for parents and children"),
    "quiet-room": _("quiet room"),
    "parking": _("parking"),
    "bus-stop": _("bus stop near by"),
}
SITUATIONS: dict[str, Words] = {
    "new_in_town": _("Are you new in town?"),
    "leaving_town": _("Are you leaving town?"),
    "looking_for_work": _("Are you looking for work?"),
    "in_training": _("Are you in training?"),
    "working": _("Are you working?"),
    "running_a_business": _("Do you run a business?"),
    "employing": _("Do you employ others?"),
    "unpaid_wages": _("Are wages owed to you?"),
    "in_a_dispute": _("Are you in a dispute?"),
    "expecting": _("Are you expecting a child?"),
    "raising_children": _("Are you bringing up children?"),
    "child_in_school": _("Do you have a child at school?"),
    "caring_for_someone": _("Do you care for somebody?"),
    "retired": _("Are you retired?"),
    "ill": _("Are you ill or recovering?"),
    "short_of_money": _("Are you short of money?"),
    "without_housing": _("Are you without a place to live?"),
    "learning_the_common_language": _("Are you learning the common language?"),
}
AMOUNTS: dict[str, Words] = {
    "months_here": _("How many months have you lived here?"),
    "months_worked": _("How many months have you worked?"),
    "monthly_income": _("Income a month, in yuan"),
    "household_size": _("How many people live in the household?"),
    "children": _("How many children?"),
}


class LanguageName(NamedTuple):
    """One language as a page names it: in the reader's words, and by its own name when we know it."""

    tag: str
    words: Words
    own: Language | None


_OWN = {language.tag: language for language in (*LANGUAGES, *PREPARED)}


def language_name(tag: str) -> LanguageName:
    """Return how a language is named; an unknown tag stands for itself."""
    return LanguageName(tag, LANGUAGE_NAMES.get(tag, tag), _OWN.get(tag))


def question_words(question: Question) -> Words:
    """Return the question as it is put to somebody."""
    if question.kind == "age":
        return _("How old are you?")
    if question.kind == "lives_in":
        return _("Where do you live?")
    if question.kind == "holds":
        return format_lazy(str(_("Do you have this: {paper}?")), paper=question.about)
    return (SITUATIONS if question.kind == "situation" else AMOUNTS).get(
        question.about, question.about
    )


def fresh_words(fresh: Fresh) -> Words:
    """Return how fresh something is, in an honest sentence."""
    if fresh.state == "fresh":
        return _("Checked recently.")
    days = ngettext_lazy(
        "Nobody has checked this for %(days)d day.",
        "Nobody has checked this for %(days)d days.",
        fresh.days,
    ) % {"days": fresh.days}
    advice = (
        _("Better call before you go.")
        if fresh.state == "ageing"
        else _("It may be wrong by now: call before you go, and tell us if it is.")
    )
    return format_lazy("{} {}", days, advice)


FRESH_STATES = {"fresh": "done", "ageing": "soon", "stale": "late"}
FRESH_NAMES: dict[str, Words] = {
    "fresh": _("up to date"),
    "ageing": _("getting old"),
    "stale": _("out of date"),
}
