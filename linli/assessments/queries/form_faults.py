"""What is wrong with a form, with what only the database and the limits of privacy know; each fault in words."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from linli.assessments.rules.instruments import FACT, Fault, Form, Texts, faults
from linli.facts.models import Indicator
from linli.kernel.text import Words
from linli.kernel.traits import trait_in

TRAIT, UNKNOWN_INDICATOR = "trait_of_a_person", "unknown_indicator"
WORDS: dict[str, Words] = {
    "no_language": _("Say in which languages it asks, each once."),
    "unknown_language": _("A text is in a language that this instrument does not have."),
    "no_items": _("There is no question yet."),
    "too_many_items": _("There are more than 1,000 questions."),
    "no_points": _("No question earns points."),
    "key_taken": _("Two parts have the same code."),
    "key_not_plain": _("A code is of letters and digits, at most 40."),
    "no_text": _("The text in the first language is missing."),
    "text_too_long": _("A text is too long: 1,000 characters, 4,000 for guidance."),
    "not_text": _("A text holds a character that cannot be written."),
    "unknown_kind": _("Say what kind of question it is."),
    "weight_out_of_range": _("Points go from 0 to 1,000."),
    "unscored_has_weight": _("A text or a photo earns no points, and is no veto."),
    "unknown_evidence": _("Say whether evidence is asked."),
    "no_scale": _("Say the highest grade, from 1 to 100."),
    "no_bounds": _("Say which number earns nothing and which earns everything; they differ."),
    "no_indicator": _("Say which indicator fills it."),
    "level_out_of_range": _("A level is reached at more than 0 and at most 100 percent."),
    "levels_out_of_order": _("Each level is reached at more than the one before."),
    TRAIT: _("This asks for a trait of persons. Ask what the unit does."),
    UNKNOWN_INDICATOR: _("There is no such indicator in public."),
}  # fmt: skip
# Nothing with these is kept, not even in a draft; the others are marked until it is adopted.
NEVER_KEPT = frozenset(
    {"no_language", "key_taken", "key_not_plain", "text_too_long", "not_text", "unknown_language", "too_many_items", TRAIT}
)  # fmt: skip


def faults_of(form: Form) -> list[Fault]:
    """Return all that is wrong with a form; nothing where it may be adopted. One query at most."""
    asked = {item.indicator for item in form.items() if item.kind == FACT and item.indicator}
    known = set(
        Indicator.objects.public().filter(code__in=asked).values_list("code", flat=True)
        if asked
        else ()
    )
    unknown = (
        Fault(UNKNOWN_INDICATOR, item.key)
        for item in form.items()
        if item.kind == FACT and item.indicator and item.indicator not in known
    )
    return [*never_kept(form), *(x for x in faults(form) if x.code not in NEVER_KEPT), *unknown]


def never_kept(form: Form) -> list[Fault]:
    """Return what is so wrong with a form that it is not kept. No query."""
    hard = [one for one in faults(form) if one.code in NEVER_KEPT]
    return [*hard, *(Fault(TRAIT, key) for key, _words in traits_of(form))]


def traits_of(form: Form) -> list[tuple[str, str]]:
    """Return the parts of a form that ask for a trait of persons, by key, with the words that do."""
    return [
        (key, found) for key, texts in _texts(form) for text in texts.values() if (found := trait_in(text))
    ]  # fmt: skip


def _texts(form: Form) -> Iterator[tuple[str, Texts]]:
    for section in form.sections:
        yield section.key, section.title
        for item in section.items:
            yield item.key, item.text
            yield item.key, item.guidance
    for one in form.levels:
        yield one.key, one.title
