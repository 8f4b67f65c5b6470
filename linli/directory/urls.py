"""Addresses of the directory."""

from django.urls import path

from linli.directory.exchange import calendars, offline
from linli.directory.views import (
    console,
    for_you,
    guides,
    languages,
    organizations,
    packages,
    places,
    public,
    stations,
)

app_name = "directory"
urlpatterns = [
    path("services/", public.services, name="services"),
    path("services/<slug:code>/", public.service, name="service"),
    path("services/<slug:code>/slip/", public.service_slip, name="service_slip"),
    path("services/<slug:code>/for-you/", for_you.for_you, name="for_you"),
    path("stations/", stations.station_list, name="stations"),
    path("stations/<slug:code>/", stations.station, name="station"),
    path("stations/<slug:code>/hours.ics", calendars.hours_ics, name="station_hours"),
    path("languages/", languages.languages, name="languages"),
    path("directory/", offline.offline, name="offline"),
    path("directory.sqlite3", offline.offline_file, name="offline_file"),
    path("directory.note", offline.offline_note, name="offline_note"),
    path("console/services/", guides.guide_list, name="guide_list"),
    path("console/services/bring/", packages.package_bring, name="package_bring"),
    path("console/services/bring/<str:token>/", packages.package, name="package"),
    path("console/services/new/", guides.guide_new, name="guide_new"),
    path("console/services/<slug:code>/", guides.guide, name="guide"),
    path("console/services/<slug:code>/edit/", guides.guide_edit, name="guide_edit"),
    path("console/services/<slug:code>/assure/", guides.guide_assure, name="guide_assure"),
    path("console/services/<slug:code>/end/", guides.guide_end, name="guide_end"),
    path("console/services/<slug:code>/places/", guides.offer_add, name="offer_add"),
    path(
        "console/services/<slug:code>/places/<uuid:uuid>/drop/",
        guides.offer_drop,
        name="offer_drop",
    ),
    path("console/stations/", places.place_list, name="place_list"),
    path("console/stations/new/", places.place_new, name="place_new"),
    path("console/stations/<slug:code>/", places.place, name="place"),
    path("console/stations/<slug:code>/edit/", places.place_edit, name="place_edit"),
    path("console/stations/<slug:code>/assure/", places.place_assure, name="place_assure"),
    path("console/stations/<slug:code>/close/", places.place_close, name="place_close"),
    path("console/organizations/", organizations.organization_list, name="organization_list"),
    path("console/organizations/new/", organizations.organization_new, name="organization_new"),
    path(
        "console/organizations/<uuid:uuid>/",
        organizations.organization_edit,
        name="organization_edit",
    ),
    path("console/units/", console.unit_list, name="unit_list"),
    path("console/units/new/", console.unit_new, name="unit_new"),
    path("console/units/<slug:code>/", console.unit, name="unit"),
    path("console/units/<slug:code>/amend/", console.unit_amend, name="unit_amend"),
    path("console/units/<slug:code>/close/", console.unit_close, name="unit_close"),
]
