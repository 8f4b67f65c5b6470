"""Questions in words: their kinds, what evidence is asked, what each part of one is called, its languages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.assessments.rules.instruments import (
    ASKED,
    COUNT,
    FACT,
    NEEDED,
    NONE,
    PHOTO,
    SCALE,
    SHARE,
    TEXT,
    YES_NO,
)  # fmt: skip
from linli.kernel.text import Words
from linli.ui.languages import LANGUAGES, PREPARED, Language

KINDS: dict[str, Words] = {
    YES_NO: _("Yes or no"),
    SCALE: pgettext_lazy("a question", "Grades"),
    COUNT: pgettext_lazy("a question", "A number"),
    SHARE: pgettext_lazy("a question", "A share, in percent"),
    FACT: pgettext_lazy("a question", "A figure that is known"),
    TEXT: pgettext_lazy("a question", "Words"),
    PHOTO: pgettext_lazy("a question", "A photo"),
}
EVIDENCE: dict[str, Words] = {
    NONE: _("No evidence"),
    ASKED: _("Evidence may be given"),
    NEEDED: _("Evidence must be given"),
}
FIELDS: dict[str, Words] = {
    "title": _("Title"),
    "text": _("Question"),
    "guidance": _("Guidance"),
    "section": pgettext_lazy("of an instrument", "Section"),
    "kind": _("Kind"),
    "weight": pgettext_lazy("of a question", "Points"),
    "veto": _("Veto"),
    "may_skip": _("May not apply"),
    "evidence": _("Evidence"),
    "top": _("Highest grade"),
    "nought": _("Earns nothing at"),
    "full": _("Earns everything at"),
    "indicator": _("Indicator"),
    "at": _("Reached at"),
    "order": pgettext_lazy("of an instrument", "Order"),
}


def own_language(tag: str) -> Language:
    """Return a language by its tag; one that the platform does not speak goes by its tag."""
    known = next((one for one in (*LANGUAGES, *PREPARED) if one.code == tag), None)
    return known or Language(tag, tag, tag, tag)
