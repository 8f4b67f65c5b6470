"""Addresses by which programs ask: the EPCIS 2.0 query interface below /epcis/, and the resolver of Digital Links."""

from django.urls import URLPattern, path, re_path

from linli.trace.exchange.epcis_description import epcis_description
from linli.trace.queries.digital_links import KEYS
from linli.trace.views import digital_links
from linli.trace.views import epcis_named as named
from linli.trace.views import epcis_query as asked
from linli.trace.views import epcis_resources as about
from linli.trace.views.epcis_frame import address

PATHS: list[URLPattern] = []

_NAMED = "epcis/queries/<str:name>"

EPCIS: list[URLPattern] = [
    path("epcis/openapi.json", epcis_description, name="epcis_description"),
    path("epcis/events/<path:name>", address(GET=asked.event), name="epcis_event"),
    path("epcis/queries", address(GET=named.queries, POST=named.add_query), name="epcis_queries"),
    path(_NAMED, address(GET=named.query, DELETE=named.remove), name="epcis_query"),
    path(f"{_NAMED}/events", address(GET=named.query_events), name="epcis_query_events"),
    path(
        f"{_NAMED}/subscriptions",
        address(GET=named.subscriptions, POST=named.subscriptions),
        name="epcis_subscriptions",
    ),
    *(
        one
        for kind in about.RESOURCES
        for one in (
            path(
                f"epcis/{kind}",
                address(GET=about.resource),
                {"kind": kind},
                name=f"epcis_{kind}",
            ),
            path(
                f"epcis/{kind}/<path:value>/events",
                address(GET=about.resource_events),
                {"kind": kind},
                name=f"epcis_{kind}_events",
            ),
            path(
                f"epcis/{kind}/<path:value>",
                address(GET=about.one_resource),
                {"kind": kind},
                name=f"epcis_{kind}_one",
            ),
        )
    ),
]

LINKS: list[URLPattern] = [
    path(".well-known/gs1resolver", digital_links.resolver, name="gs1_resolver"),
    re_path(rf"^(?P<path>(?:{'|'.join(KEYS)})/.+)$", digital_links.resolve, name="digital_link"),
]
