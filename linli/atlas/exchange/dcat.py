"""The catalogue for programs: DCAT-AP 3.0.1 as Turtle and JSON-LD."""

from functools import lru_cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from linli.atlas.queries.catalogue import Catalogue, catalogue
from linli.atlas.schemas.dcat import graph_of, written

_FORMS = {"turtle": "text/turtle; charset=utf-8", "json-ld": "application/ld+json"}


@require_safe
def turtle(request: HttpRequest) -> HttpResponse:
    """Give the catalogue as Turtle."""
    return _given(request, "turtle")


@require_safe
def jsonld(request: HttpRequest) -> HttpResponse:
    """Give the catalogue as JSON-LD."""
    return _given(request, "json-ld")


def _given(request: HttpRequest, form: str) -> HttpResponse:
    found = catalogue(f"{request.scheme}://{request.get_host()}")
    body = _text(_Same(found), form)
    answer = HttpResponse(body, content_type=_FORMS[form])
    answer.headers["ETag"] = f'"{sha256(body).hexdigest()[:32]}"'
    patch_cache_control(answer, public=True, max_age=300)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    same = get_conditional_response(request, etag=answer.headers["ETag"], response=answer)
    return same if isinstance(same, HttpResponse) else answer


class _Same:
    """A catalogue that is the same as another when it says the same: to write it takes a second."""

    def __init__(self, found: Catalogue) -> None:
        self.catalogue = found
        sets = [(one.data_set.code, str(one.data_set.title), one.made) for one in found.listed]
        self._mark = repr((found.host, found.publisher, found.places, sets, found.all))

    def __eq__(self, other: object) -> bool:
        """Say whether both say the same."""
        return isinstance(other, _Same) and self._mark == other._mark

    def __hash__(self) -> int:
        """Hash what it says."""
        return hash(self._mark)


@lru_cache(maxsize=8)
def _text(same: _Same, form: str) -> bytes:
    return written(graph_of(same.catalogue), form)
