"""Every JSON address under one description, /api/openapi.json: each engine brings its router."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from linli.atlas.api import router as atlas
from linli.cases.api import router as cases
from linli.facts.api import router as facts
from linli.kernel.refusals import Refused, problem
from linli.offers.api import router as offers
from linli.plans.api import router as plans


class Api(NinjaAPI):
    """The description says of refusals what they are: problems (RFC 9457), of a media type of their own."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._described: dict[str, Any] = {}

    def get_openapi_schema(self, **named: Any) -> Any:  # noqa: ANN401 - as ninja has it
        """Return the description with every refusal under its media type. Made once: it is made of code alone."""
        root = named.get("path_prefix") or self.get_root_path(named.get("path_params") or {})
        if root not in self._described:
            self._described[root] = self._describe(**named)
        return self._described[root]

    def _describe(self, **named: Any) -> Any:  # noqa: ANN401 - as ninja has it
        described = super().get_openapi_schema(**named)
        for methods in described["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in answer.get("content", {}):
                        content = answer["content"]
                        content["application/problem+json"] = content.pop("application/json")
        return described


api = Api(title="Linli", version="1", docs_url=None, docs_decorator=require_safe)
api.add_router("", cases)
api.add_router("", offers)
api.add_router("", facts)
api.add_router("", atlas)
api.add_router("", plans)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer a refusal as a problem."""
    return problem(error)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer what could not be read as a problem that names the fields, never what stood in them."""
    fields = ", ".join(sorted({".".join(str(part) for part in one["loc"]) for one in error.errors}))
    return problem(Refused("unreadable", f"{fields}"))


@api.exception_handler(HttpError)
def unread(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what is not even JSON as a problem."""
    return problem(Refused("unreadable", _("This cannot be read."), status=error.status_code))
