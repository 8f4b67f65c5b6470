"""A capture as the standard's job: how it stands, and what was wrong as problems in the reader's language."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.kernel.text import Words
from linli.trace.models import Capture

FAULTS: Final[dict[str, Words]] = {
    "action": _("An action is ADD, OBSERVE or DELETE."),
    "before_event": _("It is declared wrong before it happened."),
    "depth": _("Things lie within each other too deep."),
    "differs": _("A declaration repeats the event that it is about; this one says something else."),
    "document_type": _("This is no EPCIS document and no answer to a query."),
    "empty": _("The list is empty."),
    "entities": _("The file declares entities or a document type, which is not taken."),
    "event_type": _("There is no such type of event."),
    "hexadecimal": _("This is not hexadecimal."),
    "ilmd_without_add": _("Master data of a lot come with its beginning only."),
    "inputs_or_outputs": _("A transformation names what goes in and what comes out."),
    "itself": _("An event cannot stand instead of itself."),
    "json": _("This cannot be read as JSON."),
    "list": _("This is no list."),
    "long": _("This is longer than can be kept."),
    "mapping": _("This is no object with fields."),
    "missing": _("Something that must be there is missing."),
    "more": _("There are more faults than are told here."),
    "named_otherwise": _("This id was given to another event."),
    "namespace": _("The name of an extension needs a namespace."),
    "nothing_named": _("The event names nothing that it is about."),
    "number": _("This is no number."),
    "offset": _("This is no offset of a time zone."),
    "order": _("The time comes first in an event."),
    "others_event": _("This event was told by somebody else."),
    "personal": _("This number stands for a person; such numbers are not kept."),
    "repeated": _("Something is there twice."),
    "text": _("This is no text."),
    "time": _("This is no moment with its time zone."),
    "too_many": _("There are too many events in one file."),
    "truth": _("This is neither true nor false."),
    "type": _("This is no kind of file that is known."),
    "unit": _("This is no code of a unit."),
    "unknown": _("There is no such field."),
    "uri": _("This is no address."),
    "vocabulary": _("The vocabulary has no such word."),
    "xml": _("This cannot be read as XML."),
}


def fault_words(code: str) -> str:
    """Return what is wrong, in words."""
    return str(FAULTS.get(code, code))


def job(capture: Capture) -> dict[str, Any]:
    """Return how a capture stands, as EPCIS 2.0 has it."""
    told: dict[str, Any] = {
        "captureID": capture.code,
        "createdAt": capture.at.isoformat(),
        "running": capture.finished_at is None,
        "success": not capture.faults,
        "captureErrorBehaviour": capture.behaviour,
        "errors": [_problem(one) for one in capture.faults],
    }
    if capture.finished_at is not None:
        told["finishedAt"] = capture.finished_at.isoformat()
    return told


def _problem(fault: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": "epcisException:ValidationException",
        "title": fault_words(fault["code"]),
        "status": 400,
        "code": fault["code"],
    }
    return told | ({"detail": fault["path"]} if fault["path"] else {})
