"""Answers as they are kept."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.assessments.rules.instruments import Form
from linli.assessments.rules.scoring import fault
from linli.kernel.refusals import Refused

LONGEST_NOTE = 1000


def checked(form: Form, answers: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the answers as they are kept: each of an item that there is, what it rests on beside it.

    Refuses: unknown_item; not_an_answer; note_too_long.
    """
    items = {item.key: item for item in form.items()}
    kept: dict[str, dict[str, Any]] = {}
    for key, given in answers.items():
        if key not in items:
            raise Refused("unknown_item", _("There is no such question."))
        if fault(items[key], given.get("v")):
            raise Refused("not_an_answer", _("This is no answer to this question."))
        if len(str(given.get("n", ""))) > LONGEST_NOTE:
            raise Refused("note_too_long", _("This is too long."))
        kept[key] = {
            name: given[name] for name in ("v", "n", "f") if given.get(name) not in (None, "")
        }
    return kept
