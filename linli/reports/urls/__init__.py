"""Addresses of the reports engine: reading, writing, and forms that others send."""

from django.urls import path

from linli.reports.urls import asked, exports, writing
from linli.reports.views import compare, console, public

app_name = "reports"
urlpatterns = [
    *exports.urlpatterns,
    *writing.urlpatterns,
    *asked.urlpatterns,
    path("reports/", public.public_list, name="public_list"),
    path("reports/<slug:code>/", public.public_reading, name="public_reading"),
    path("reports/<slug:code>/reading.json", public.public_json, name="public_json"),
    path(
        "reports/compare/<slug:earlier>/<slug:later>/",
        compare.public_compare,
        name="public_compare",
    ),
    path(
        "reports/compare/<slug:earlier>/<slug:later>/compare.json",
        compare.compare_json,
        name="compare_json",
    ),
    path(
        "console/reports/compare/<slug:earlier>/<slug:later>/",
        compare.console_compare,
        name="console_compare",
    ),
    path("console/reports/", console.console_list, name="console_list"),
    path("console/reports/receive/", console.receive, name="receive"),
    path("console/reports/<slug:code>/", console.console_reading, name="console_reading"),
    path("console/reports/<slug:code>/original", console.original, name="original"),
    path("console/reports/<slug:code>/publish/", console.publish, name="publish"),
    path("console/reports/<slug:code>/withdraw/", console.withdraw, name="withdraw"),
]
