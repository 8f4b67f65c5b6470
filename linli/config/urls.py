"""Every address, one line an engine. Pages carry the language in front; the default carries none."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from linli.config.api import api
from linli.config.segments import engine
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
    engine("linli.trace.urls.root"),
    engine("linli.atlas.urls.root"),
    path("favicon.ico", require_safe(RedirectView.as_view(url="/static/ui/favicon.ico"))),
    *i18n_patterns(
        engine("linli.portal.urls"),
        engine("linli.demo.urls"),
        engine("linli.ui.urls"),
        engine("linli.directory.urls"),
        engine("linli.facts.urls"),
        engine("linli.cases.urls"),
        engine("linli.assessments.urls"),
        engine("linli.offers.urls"),
        engine("linli.funds.urls"),
        engine("linli.trace.urls"),
        engine("linli.atlas.urls"),
        engine("linli.plans.urls"),
        engine("linli.reports.urls"),
        path("account/", include("linli.kernel.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "linli.portal.views.bad_request"
handler403 = "linli.portal.views.forbidden"
handler404 = "linli.portal.views.not_found"
handler500 = "linli.portal.views.server_error"
