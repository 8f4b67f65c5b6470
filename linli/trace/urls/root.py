"""Addresses without a language in front: codes on goods, Digital Links, and what programs ask."""

from django.urls import URLPattern, path

from linli.trace.urls import capture, lookup, query
from linli.trace.views import epcis_capture, epcis_query
from linli.trace.views.epcis_frame import address

app_name = "goods"

EPCIS: list[URLPattern] = [
    path(
        "epcis/events",
        address(GET=epcis_query.events, POST=epcis_capture.post_event),
        name="epcis_events",
    ),
    *capture.EPCIS,
    *query.EPCIS,
]

urlpatterns = [*lookup.LOOKUP, *EPCIS, *query.LINKS]
