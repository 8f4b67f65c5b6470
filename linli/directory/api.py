"""The API of HSDS 3.1, to read: pages of services, organizations, services at places, taxonomies and their words.

Filters hold all at once. What is asked for wrongly is a problem (RFC 9457), never silently something else.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from linli.directory.queries import export
from linli.directory.rules.hsds import VERSION
from linli.directory.schemas import hsds, hsds_nested, hsds_rows
from linli.directory.schemas.hsds_asked import (
    OffersAsked,
    OrganizationsAsked,
    Paging,
    ServicesAsked,
    TaxonomiesAsked,
    TermsAsked,
    described,
)
from linli.directory.schemas.hsds_nested import Nested, Told
from linli.directory.schemas.hsds_pages import (
    About,
    Found,
    Page,
    Problem,
    nested_for,
    page_of,
    streamed,
)
from linli.kernel.clock import now
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused, problem


class _Api(NinjaAPI):
    """Describes problems and streams under their own media types, which ninja does not."""

    def get_openapi_schema(self, **options: Any) -> Any:  # noqa: ANN401 - as ninja types it
        return described(super().get_openapi_schema(**options))


Tell = Callable[[Nested, Any], Told]
api = _Api(
    title="Linli HSDS",
    version=VERSION,
    docs_url=None,
    docs_decorator=require_safe,
    urls_namespace="hsds",
)
_PROBLEMS = {frozenset({404, 422}): Problem}
_LISTS = {frozenset({422, 429}): Problem}


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer a refusal as a problem."""
    return problem(error)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer what could not be read as a problem that names the fields."""
    fields = ", ".join(sorted({".".join(str(part) for part in one["loc"]) for one in error.errors}))
    return problem(Refused("unreadable", fields))


@api.get("/", response=About)
def about(request: HttpRequest) -> HttpResponse:
    """Say what this API speaks."""
    host = _host(request)
    profile = host + reverse("directory:offline")
    openapi = host + reverse("hsds:openapi-json")
    return _json({"version": VERSION, "profile": profile, "openapi_url": openapi})


@api.get("/services", response={200: Page[hsds.Service | hsds.MinimalService], **_LISTS})
def services(request: HttpRequest, asked: Query[ServicesAsked]) -> HttpResponseBase:
    """List services; minimal: ids and when each was last changed; full: with all that belongs to them."""
    found = export.services(asked.wanted(), now())
    if asked.minimal:
        return _listed(request, asked, found.prefetch_related(None), _minimal)
    if asked.full:
        found = export.whole_services(found)
    return _listed(request, asked, found, _service(full=asked.full), full=asked.full)


@api.get("/services/{id}", response={200: hsds.Service, **_PROBLEMS})
def service(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 - HSDS's name
    """Tell of one service with all that belongs to it."""
    found = export.whole_services(export.services(export.Wanted(), now()))
    return _one(request, found.filter(uuid=id), _service(full=True))


@api.get("/organizations", response={200: Page[hsds.Organization], **_LISTS})
def organizations(request: HttpRequest, asked: Query[OrganizationsAsked]) -> HttpResponseBase:
    """List organizations; full: with their places and services."""
    found, whole = export.organizations(asked.wanted(), now()), asked.full_service
    full = asked.full or whole
    if full:
        found = export.whole_organizations(found, whole=whole)
    return _listed(request, asked, found, _organization(full=full, whole=whole), full=full)


@api.get("/organizations/{id}", response={200: hsds.Organization, **_PROBLEMS})
def organization(request: HttpRequest, id: UUID, full_service: bool = False) -> HttpResponse:  # noqa: A002, FBT001, FBT002
    """Tell of one organization with its places and services, these whole when asked for."""
    listed = export.organizations(export.Wanted(), now()).filter(uuid=id)
    found = export.whole_organizations(listed, whole=full_service)
    return _one(request, found, _organization(full=True, whole=full_service))


@api.get("/service_at_locations", response={200: Page[hsds.ServiceAtLocation], **_LISTS})
def offers(request: HttpRequest, asked: Query[OffersAsked]) -> HttpResponseBase:
    """List services at places, each with both."""
    found = export.offers(asked.wanted(), now())
    if asked.full:
        found = export.whole_offers(found)
    return _listed(request, asked, found, _offer(full=asked.full), full=asked.full)


@api.get("/service_at_locations/{id}", response={200: hsds.ServiceAtLocation, **_PROBLEMS})
def offer(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Tell of one service at one place, with all that belongs to both."""
    found = export.whole_offers(export.offers(export.Wanted(), now()).filter(uuid=id))
    return _one(request, found, _offer(full=True))


@api.get("/taxonomies", response={200: Page[hsds.Taxonomy], **_LISTS})
def taxonomies(request: HttpRequest, asked: Query[TaxonomiesAsked]) -> HttpResponseBase:
    """List taxonomies."""
    told = [hsds_rows.taxonomy(name) for name in export.taxonomies(asked.search)]
    return _listed(request, asked, told, lambda _nested, one: one)


@api.get("/taxonomies/{id}", response={200: hsds.Taxonomy, **_PROBLEMS})
def taxonomy(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Tell of one taxonomy."""
    for one in map(hsds_rows.taxonomy, export.taxonomies()):
        if one["id"] == str(id):
            return _json(one)
    raise _not_found()


@api.get("/taxonomy_terms", response={200: Page[hsds.TaxonomyTerm], **_LISTS})
def terms(request: HttpRequest, asked: Query[TermsAsked]) -> HttpResponseBase:
    """List words of taxonomies."""
    found = export.terms(asked.wanted())
    if asked.top_only:
        found = found.filter(parent=None)
    if asked.parent_id:
        found = found.filter(parent__uuid=asked.parent_id)
    return _listed(request, asked, found, lambda _nested, one: hsds_nested.term(one))


@api.get("/taxonomy_terms/{id}", response={200: hsds.TaxonomyTerm, **_PROBLEMS})
def term(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Tell of one word."""
    found = export.terms(export.Wanted()).filter(uuid=id)
    return _one(request, found, lambda _nested, one: hsds_nested.term(one))


def _listed(
    request: HttpRequest, asked: Paging, found: Found, tell: Tell, *, full: bool = False
) -> HttpResponseBase:
    def told(things: Iterable[Any]) -> list[Told]:
        return _told(request, list(things), tell, full=full)

    if asked.format == "ndjson":
        allow_knock("hsds", source_of(request), at=now(), burst=20, per_hour=120)
        return streamed(found, told)
    return _json(page_of(found, asked, told))


def _one(request: HttpRequest, found: QuerySet[Any], tell: Tell) -> HttpResponse:
    for told in _told(request, list(found[:1]), tell, full=True):
        return _json(told)
    raise _not_found()


def _told(request: HttpRequest, things: list[Any], tell: Tell, *, full: bool) -> list[Told]:
    """Tell things in the town's language: data that others copy do not change with who reads them."""
    nested = nested_for(_host(request), things, full=full)
    with override(settings.LANGUAGE_CODE):
        return [tell(nested, one) for one in things]


def _service(*, full: bool) -> Tell:
    return lambda nested, one: nested.service(one, full=full)


def _organization(*, full: bool, whole: bool) -> Tell:
    return lambda nested, one: nested.organization(one, full=full, whole=whole)


def _offer(*, full: bool) -> Tell:
    return lambda nested, one: nested.offer_with_service(one, full=full)


def _minimal(_nested: Nested, one: Any) -> Told:  # noqa: ANN401
    return {"id": str(one.uuid), "last_modified": hsds_rows.moment(one.last_modified)}


def _host(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _json(told: Told) -> HttpResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _not_found() -> Refused:
    return Refused("not_found", _("There is nothing with this id."), status=404)
