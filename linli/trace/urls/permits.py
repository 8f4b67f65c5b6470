"""Addresses of permits: the register, applying at a workplace or a station, the unit's desk, papers of a lot."""

from django.urls import URLPattern, path

from linli.trace.views import (
    application_papers,
    applications,
    certificates,
    lot_papers,
    paper_kinds,
    permits_held,
    permits_public,
    trade_permits,
)
from linli.trace.views.trade_desk import at_station, of_operator

_DESK = (
    ("permits/", trade_permits.papers, "permits"),
    ("permits/apply/", trade_permits.apply, "apply"),
    ("permits/certificates/new/", trade_permits.certificate_new, "certificate"),
    (
        "permits/certificates/<str:code>/strike/",
        trade_permits.certificate_strike,
        "certificate_strike",
    ),
    ("permits/notices/<int:pk>/", trade_permits.notice_seen, "notice"),
    ("permits/<str:code>/", trade_permits.application, "application"),
    ("permits/<str:code>/back/", trade_permits.take_back, "application_back"),
)

PATHS: list[URLPattern] = [
    path("permits/", permits_public.permits, name="permits"),
    path("permits/apply/", permits_public.apply_how, name="permit_how"),
    path("permits/<str:code>/", permits_public.permit, name="permit"),
    path("permits/<str:code>/paper/", permits_public.permit_paper, name="permit_paper"),
    *(path(f"trade/{at}", of_operator(view), name=f"trade_{name}") for at, view, name in _DESK),
    *(
        path(f"console/trade/<str:of>/{at}", at_station(view), name=f"counter_{name}")
        for at, view, name in _DESK
    ),
    path("console/permits/", applications.applications, name="applications"),
    path("console/permits/kinds/", paper_kinds.paper_kinds, name="paper_kinds"),
    path("console/permits/kinds/new/", paper_kinds.paper_kind_new, name="paper_kind_new"),
    path(
        "console/permits/kinds/<slug:key>/end/", paper_kinds.paper_kind_end, name="paper_kind_end"
    ),
    path("console/permits/held/", permits_held.permits_held, name="permits_held"),
    path("console/permits/held/<str:code>/", permits_held.permit_held, name="permit_held"),
    path(
        "console/permits/held/<str:code>/withdrawal/",
        permits_held.permit_withdrawal,
        name="permit_withdrawal",
    ),
    path(
        "console/permits/held/<str:code>/<slug:do>/", permits_held.permit_deed, name="permit_deed"
    ),
    path("console/permits/<str:code>/", applications.application, name="application"),
    path(
        "console/permits/<str:code>/conclude/",
        applications.application_conclude,
        name="application_conclude",
    ),
    path(
        "console/permits/<str:code>/papers/<int:pk>/",
        application_papers.application_paper,
        name="application_paper",
    ),
    path(
        "console/permits/<str:code>/papers/<int:pk>/file/",
        application_papers.application_file,
        name="application_file",
    ),
    path(
        "console/permits/<str:code>/<slug:do>/",
        applications.application_deed,
        name="application_deed",
    ),
    path("console/certificates/", certificates.certificates, name="certificates"),
    path("console/certificates/<str:code>/", certificates.certificate, name="certificate"),
    path(
        "console/certificates/<str:code>/file/",
        certificates.certificate_file,
        name="certificate_file",
    ),
    path(
        "console/certificates/<str:code>/check/",
        certificates.certificate_check,
        name="certificate_check",
    ),
    path(
        "console/certificates/<str:code>/strike/",
        certificates.certificate_struck,
        name="certificate_strike",
    ),
    path("console/lots/<str:code>/papers/", lot_papers.lot_papers, name="lot_papers"),
]
