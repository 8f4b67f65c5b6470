"""Inspections on a phone, their findings, the public register."""

from django.urls import URLPattern, path

from linli.assessments.views import findings, inspections, inspections_public, visits

PATHS: list[URLPattern] = [
    path("inspections/", inspections_public.inspections, name="inspections"),
    path("inspections/reply/", inspections_public.inspection_reply, name="inspection_reply"),
    path("inspections/<str:code>/", inspections_public.inspection, name="inspection"),
    path("console/inspections/", inspections.console_inspections, name="console_inspections"),
    path("console/inspections/new/", inspections.inspection_new, name="inspection_new"),
    path("console/inspections/new/<str:of>/", inspections.inspection_plan, name="inspection_plan"),
    path("console/inspections/premises/", inspections.premises_new, name="premises_new"),
    path("console/inspections/<str:code>/", inspections.inspection, name="console_inspection"),
    path("console/inspections/<str:code>/publish/", findings.publish, name="inspection_publish"),
    path("console/inspections/<str:code>/off/", findings.call_off, name="inspection_off"),
    path("console/inspections/<str:code>/code/", findings.hand_code, name="inspection_code"),
    path("console/inspections/<str:code>/signature/", findings.signature, name="visit_signature"),
    path("console/inspections/photos/<int:number>/", findings.photo, name="inspection_photo"),
    path("console/inspections/<str:code>/<slug:do>/<int:of>/", findings.deed, name="visit_deed"),
    path("insp/", visits.visits, name="visits"),
    path("insp/token/", visits.visit_token, name="visit_token"),
    path("insp/worker.js", visits.visit_worker, name="visit_worker"),
    path("insp/<str:code>/", visits.visit, name="visit"),
    path("insp/<str:code>/paper/", visits.visit_paper, name="visit_paper"),
]
