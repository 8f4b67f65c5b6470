"""Schemes, rounds, candidacies, and the sheets that units fill in."""

from django.urls import URLPattern, path

from linli.assessments.views import (
    assessing,
    candidates,
    counting,
    evidence,
    rounds,
    schemes,
    schemes_public,
)

PATHS: list[URLPattern] = [
    path("schemes/", schemes_public.schemes, name="schemes"),
    path("schemes/rounds/<str:code>/", schemes_public.round_, name="round"),
    path("schemes/<str:code>/", schemes_public.scheme, name="scheme"),
    path("console/schemes/", schemes.console_schemes, name="console_schemes"),
    path("console/schemes/new/", schemes.scheme_new, name="scheme_new"),
    path("console/schemes/<str:code>/", schemes.console_scheme, name="console_scheme"),
    path("console/schemes/<str:code>/close/", schemes.scheme_close, name="scheme_close"),
    path("console/schemes/<str:code>/counts/", counting.scheme_counts, name="scheme_counts"),
    path("console/schemes/<str:code>/rounds/new/", rounds.round_new, name="round_new"),
    path("console/rounds/<str:code>/", rounds.console_round, name="console_round"),
    path("console/rounds/<str:code>/amend/", rounds.round_amend, name="round_amend"),
    path("console/rounds/<str:code>/open/", rounds.round_open, name="round_open"),
    path("console/rounds/<str:code>/close/", rounds.round_close, name="round_close"),
    path("console/rounds/<str:code>/apply/", candidates.round_apply, name="round_apply"),
    path("console/rounds/<str:code>/on/<slug:stage>/", rounds.round_advance, name="round_advance"),
    path("console/candidates/<str:code>/", candidates.console_candidacy, name="console_candidacy"),
    path(
        "console/candidates/<str:code>/leave/", candidates.candidacy_leave, name="candidacy_leave"
    ),
    path("console/candidates/<str:code>/self/", candidates.candidacy_self, name="candidacy_self"),
    path("console/candidates/<str:code>/task/", candidates.candidacy_task, name="candidacy_task"),
    path("console/assessments/", assessing.tasks, name="tasks"),
    path(
        "console/assessments/evidence/<int:number>/", evidence.evidence_file, name="evidence_file"
    ),
    path("console/assessments/<str:code>/", assessing.task, name="task"),
    path("console/assessments/<str:code>/take/", assessing.task_take, name="task_take"),
    path(
        "console/assessments/<str:code>/evidence/<slug:item>/",
        evidence.task_evidence,
        name="task_evidence",
    ),
    path("console/assessments/<str:code>/hand-in/", assessing.task_hand_in, name="task_hand_in"),
    path("console/assessments/<str:code>/drop/", candidates.task_drop, name="task_drop"),
]
