"""The language of a page whose address names none: what the reader asks for by a link, else what the browser says.

Nothing is remembered: no cookie is read or given.
"""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import (
    get_supported_language_variant,
    parse_accept_lang_header,
)

from linli.ui.languages import DEFAULT, LANGUAGES

ASKED = "lang"  # the name in an address
_LONGEST = 500  # characters of a header
_OFFERED = {language.code for language in LANGUAGES}


def spoken(request: HttpRequest) -> str:
    """Return the code of the language for this request."""
    asked = request.GET.get(ASKED, "").lower()
    return (
        asked
        if asked in _OFFERED
        else _accepted(_beginning(request.META.get("HTTP_ACCEPT_LANGUAGE", "")))
    )


def varies(path: str) -> bool:
    """Say whether what stands at this path comes in the reader's language, though its address names none."""
    return path.startswith(settings.IN_ANY_LANGUAGE)


def _beginning(header: str) -> str:
    return header if len(header) <= _LONGEST else header[:_LONGEST].rpartition(",")[0]


@lru_cache(maxsize=1024)  # of headers that were cut: anybody may send a long one
def _accepted(header: str) -> str:
    for said, _weight in parse_accept_lang_header(header):
        if said == "*":
            break
        try:
            return get_supported_language_variant(said)
        except LookupError:
            continue
    return DEFAULT
