"""Every address, one line an engine. Pages carry the language in front; the default carries none."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from linli.config.api import api
from linli.directory.api import api as hsds
from linli.funds.exchange import iati
from linli.kernel.health import health
from linli.portal.mcp.views import mcp
from linli.portal.reference.views import reference

urlpatterns = [
    path("health", health, name="health"),
    path("mcp", mcp, name="mcp"),
    *i18n_patterns(
        path("api/", reference, {"describe": api.get_openapi_schema}, name="api"),
        prefix_default_language=False,
    ),
    path("api/", api.urls),
    path("hsds/", hsds.urls),
    path("iati/activities.xml", iati.activities, name="iati_activities"),
    path("iati/organisation.xml", iati.organisation, name="iati_organisation"),
    path("", include("linli.trace.urls.root")),
    path("", include("linli.atlas.urls.root")),
    path("favicon.ico", require_safe(RedirectView.as_view(url="/static/ui/favicon.ico"))),
    *i18n_patterns(
        path("", include("linli.portal.urls")),
        path("", include("linli.demo.urls")),
        path("", include("linli.ui.urls")),
        path("", include("linli.directory.urls")),
        path("", include("linli.facts.urls")),
        path("", include("linli.cases.urls")),
        path("", include("linli.assessments.urls")),
        path("", include("linli.offers.urls")),
        path("", include("linli.funds.urls")),
        path("", include("linli.trace.urls")),
        path("", include("linli.atlas.urls")),
        path("", include("linli.plans.urls")),
        path("", include("linli.reports.urls")),
        path("account/", include("linli.kernel.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "linli.portal.views.bad_request"
handler403 = "linli.portal.views.forbidden"
handler404 = "linli.portal.views.not_found"
handler500 = "linli.portal.views.server_error"
