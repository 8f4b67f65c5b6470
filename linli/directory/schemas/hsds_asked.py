"""What may be asked of the lists of HSDS, and what the description says that ninja does not say by itself."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from linli.directory.queries.export import Wanted, taxonomies
from linli.directory.schemas.hsds_rows import taxonomy_id
from linli.kernel.refusals import Refused

PER_PAGE = 50
_YEARS = range(1970, 2200)
Search = Annotated[str, Field("", max_length=200, description="Words to find.")]
Id = UUID | None


class Paging(Schema):
    """Which page, and in which form: ndjson streams everything, a thing a line."""

    page: int = Field(1, ge=1, le=1_000_000)
    per_page: int = Field(PER_PAGE, ge=1, le=1000)
    format: Literal["json", "ndjson"] = "json"
    postcode: str = Field("", description="Not known here: refused.")
    proximity: str = Field("", description="Not known here: refused.")

    def wanted(self) -> Wanted:
        """Return what narrows the list.

        Refuses: no_coordinates when it is to be narrowed by what we do not keep.
        """
        if self.postcode or self.proximity:
            raise Refused(
                "no_coordinates", _("Places are known here by their area, not by coordinates.")
            )
        taxonomy = getattr(self, "taxonomy_id", None)
        return Wanted(
            search=getattr(self, "search", "").replace("\0", " ").strip(),
            term=getattr(self, "taxonomy_term_id", None),
            taxonomy=None if taxonomy is None else _name_of(taxonomy),
            organization=getattr(self, "organization_id", None),
            modified_after=_moment(getattr(self, "modified_after", None)),
        )


class OrganizationsAsked(Paging):
    """What narrows organizations, and how much is told of each."""

    search: Search
    taxonomy_term_id: Id = None
    taxonomy_id: Id = None
    full: bool = False
    full_service: bool = False


class OffersAsked(Paging):
    """What narrows services at places."""

    search: Search
    taxonomy_term_id: Id = None
    taxonomy_id: Id = None
    organization_id: Id = None
    modified_after: datetime | None = None
    full: bool = False


class ServicesAsked(OffersAsked):
    """What narrows services; minimal without per_page gives all of them on one page."""

    minimal: bool = False


class TaxonomiesAsked(Paging):
    """What narrows taxonomies."""

    search: Search


class TermsAsked(Paging):
    """What narrows words of taxonomies."""

    search: Search
    taxonomy_id: Id = None
    top_only: bool = False
    parent_id: Id = None


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a description in which problems and streams stand under their own media types."""
    for path in schema["paths"].values():
        for operation in path.values():
            asked = {one["name"] for one in operation.get("parameters", [])}
            for code, answer in operation["responses"].items():
                content = answer.get("content", {})
                if int(code) >= 400:
                    content["application/problem+json"] = content.pop("application/json")
                elif "format" in asked:
                    content["application/x-ndjson"] = {"schema": {"type": "string"}}
    return schema


def _name_of(taxonomy: UUID) -> str:
    """Return the name of a taxonomy; of an unknown one "", which none bears."""
    return next((name for name in taxonomies() if taxonomy_id(name) == str(taxonomy)), "")


def _moment(at: datetime | None) -> datetime | None:
    if at is not None and at.year not in _YEARS:
        raise Refused("unreadable", "modified_after")
    return make_aware(at) if at and is_naive(at) else at
