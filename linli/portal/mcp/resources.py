"""The resources: what this door gives and never gives, and each figure by the code that cites it."""

from typing import Any, Final

from django.http import HttpRequest

from linli.facts import queries
from linli.facts.queries.released import sayable
from linli.facts.schemas.answers import figure_out
from linli.kernel.open_answers import host_of
from linli.portal.mcp.protocol import NO_RESOURCE, Wrong

ABOUT: Final = "linli:about"
_FIGURE: Final = "linli:c/"
_WORDS: Final = """Linli: from promise to proof.

What is here: indicators, figures with their source, promises and how they stand, public services, tables that passed the
release gate. Every figure has an address for ever: cite it.

What is never here: people. No list of people, no trait of anybody, no score, no movement, no opinion. A count of people
is here only once it has passed the release gate or an official source has published it. A value that is kept back is
kept back to protect people: do not work it out from other figures, and do not guess it.

Nothing can be written here, and nothing is remembered of who asks what.
"""
LISTED: Final[list[dict[str, Any]]] = [
    {
        "uri": ABOUT,
        "name": "about",
        "title": "What is here, and what never is",
        "mimeType": "text/plain",
    }
]
TEMPLATES: Final[list[dict[str, Any]]] = [
    {
        "uriTemplate": f"{_FIGURE}{{code}}",
        "name": "figure",
        "title": "One figure by the code that cites it",
        "mimeType": "application/json",
    }
]


def read(request: HttpRequest, uri: object) -> list[dict[str, Any]]:
    """Return what stands at an address. Raises Wrong where there is nothing that everybody may see."""
    if uri == ABOUT:
        return [{"uri": ABOUT, "mimeType": "text/plain", "text": _WORDS}]
    if isinstance(uri, str) and uri.startswith(_FIGURE):
        code = uri.removeprefix(_FIGURE)[:40].replace("\0", "")
        fact = queries.cited(code)
        said = sayable(fact) if fact is not None else None
        if fact is not None and said is not None:
            told = figure_out(fact, said, host_of(request)).model_dump_json()
            return [{"uri": uri, "mimeType": "application/json", "text": told}]
    raise Wrong(NO_RESOURCE, "Nothing that everybody may see stands there.")
