"""Addresses of capture: for programs below /epcis/, and how jobs stand on the console."""

from django.urls import URLPattern, path

from linli.trace.views import captures, epcis_capture
from linli.trace.views.epcis_frame import address

PATHS: list[URLPattern] = [
    path("console/captures/", captures.captures, name="captures"),
    path("console/captures/<str:code>/", captures.capture, name="capture"),
    path(
        "console/captures/<str:code>/progress/", captures.capture_progress, name="capture_progress"
    ),
]

EPCIS: list[URLPattern] = [
    path(
        "epcis/capture",
        address(
            GET=epcis_capture.list_captures,
            POST=epcis_capture.post_capture,
            OPTIONS=epcis_capture.capture_settings,
        ),
        name="epcis_capture",
    ),
    path("epcis/capture/<str:code>", address(GET=epcis_capture.show_capture), name="epcis_job"),
]
