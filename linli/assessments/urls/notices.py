"""Notices, objections, awards, the register of honours."""

from django.urls import URLPattern, path

from linli.assessments.views import (
    candidates_public,
    honours,
    honours_public,
    notices,
    objecting,
    objections,
)

PATHS: list[URLPattern] = [
    path("schemes/candidates/<str:code>/", candidates_public.candidacy, name="candidacy"),
    path("schemes/candidates/<str:code>/object/", objecting.object_to, name="object_to"),
    path("schemes/notices/<str:code>/", candidates_public.notice, name="notice"),
    path("objections/", objecting.objection_door, name="objection_door"),
    path("objections/<str:code>/", objecting.objection, name="objection"),
    path("objections/<str:code>/back/", objecting.objection_back, name="objection_back"),
    path("honours/", honours_public.honours, name="honours"),
    path("honours/individual/", honours_public.honours_shown, name="honours_shown"),
    path("honours/own/", honours_public.honour_door, name="honour_door"),
    path("honours/own/<str:code>/", honours_public.honour, name="honour"),
    path("honours/own/<str:code>/name/", honours_public.honour_name, name="honour_name"),
    path("honours/own/<str:code>/back/", honours_public.honour_back, name="honour_back"),
    path("honours/<str:code>/", honours_public.award, name="award"),
    path(
        "honours/<str:code>/certificate/",
        honours_public.award_certificate,
        name="award_certificate",
    ),
    path("console/rounds/<str:code>/notice/", notices.round_notice, name="round_notice"),
    path("console/rounds/<str:code>/decisions/", notices.round_decisions, name="round_decisions"),
    path("console/rounds/<str:code>/decide/", notices.round_decide, name="round_decide"),
    path("console/rounds/<str:code>/confirm/", notices.round_confirm, name="round_confirm"),
    path(
        "console/candidates/<str:code>/decide/", notices.candidacy_decide, name="candidacy_decide"
    ),
    path("console/candidates/<str:code>/reply/", objections.result_reply, name="result_reply"),
    path("console/objections/", objections.objections, name="objections"),
    path("console/objections/<str:code>/", objections.console_objection, name="console_objection"),
    path("console/objections/<str:code>/open/", objections.objection_open, name="objection_open"),
    path(
        "console/objections/<str:code>/resolve/",
        objections.objection_resolve,
        name="objection_resolve",
    ),
    path("console/honours/", honours.console_honours, name="console_honours"),
    path("console/honours/new/", honours.honour_new, name="honour_new"),
    path("console/honours/<str:code>/", honours.console_award, name="console_award"),
    path("console/honours/<str:code>/recheck/", honours.award_recheck, name="award_recheck"),
    path("console/honours/<str:code>/conclude/", honours.award_conclude, name="award_conclude"),
]
