"""Addresses of the facts engine."""

from django.urls import path, re_path

from linli.facts.exchange import open_data
from linli.facts.views import citation, console, deeds, importing, public

app_name = "facts"
_CODE = r"(?P<code>[a-z][a-z0-9_.]*)"  # of an indicator: dots within
urlpatterns = [
    path("facts/", public.public_list, name="public_list"),
    re_path(rf"^facts/{_CODE}\.csv$", open_data.series_csv, name="series_csv"),
    re_path(rf"^facts/{_CODE}\.json$", open_data.series_json, name="series_json"),
    re_path(rf"^facts/{_CODE}/$", public.public_indicator, name="public_indicator"),
    path("c/<str:code>.json", citation.data, name="citation_json"),
    path("c/<str:code>", citation.page, name="citation"),
    path("console/facts/", console.console_list, name="console_list"),
    path("console/facts/define/", console.define, name="define"),
    path("console/facts/indicators/<str:code>/", deeds.console_indicator, name="console_indicator"),
    path("console/facts/fact/<slug:code>/", deeds.console_fact, name="console_fact"),
    path("console/facts/contradictions/", console.contradictions, name="contradictions"),
    path("console/facts/import/", importing.bring, name="bring"),
    path("console/facts/import/<str:token>/", importing.rows, name="import"),
    path("console/facts/import/<str:token>/errors.csv", importing.errors, name="import_errors"),
]
