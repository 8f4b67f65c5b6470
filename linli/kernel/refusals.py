"""One way to say no. Codes are stable for ever; sentences are for people, in their language."""

import structlog
from django.forms import BaseForm
from django.http import JsonResponse

from linli.kernel.text import Words

_log = structlog.stdlib.get_logger("linli.refused")


class Refused(Exception):
    """An action that will not be done. code: snake_case; sentence: translatable, ends with a stop."""

    def __init__(self, code: str, sentence: Words, *, status: int = 422) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.status = status
        self.headers: dict[str, str] = {}


def on_form(form: BaseForm, refused: Refused, field: str | None = None) -> None:
    """Put a refusal where the person who typed will see it."""
    form.add_error(field, str(refused.sentence))


def problem(refused: Refused) -> JsonResponse:
    """Return the refusal as RFC 9457 `application/problem+json`."""
    _log.info("refused", code=refused.code, status=refused.status)
    told = JsonResponse(
        {
            "type": f"urn:linli:refused:{refused.code}",
            "title": str(refused.sentence),
            "status": refused.status,
            "code": refused.code,
        },
        status=refused.status,
        content_type="application/problem+json",
        headers=refused.headers,
    )
    # A no is an answer, and stands in the log as one already: Django need not warn of it.
    told._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return told
