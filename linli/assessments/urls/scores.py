"""Scores, their trace, agreement, and what would lift a unit."""

from django.urls import URLPattern, path

from linli.assessments.views import score, scores

PATHS: list[URLPattern] = [
    path("console/rounds/<str:code>/scores/", scores.scores, name="scores"),
    path(
        "console/rounds/<str:code>/scores/agreement/",
        scores.scores_agreement,
        name="scores_agreement",
    ),
    path("console/rounds/<str:code>/scores/compute/", scores.scores_compute, name="scores_compute"),
    path("console/candidates/<str:code>/score/", score.score, name="score"),
    path("console/candidates/<str:code>/score/compute/", score.score_compute, name="score_compute"),
    path("console/candidates/<str:code>/score.json", score.score_record, name="score_record"),
    path("console/candidates/<str:code>/lift/", score.lift, name="lift"),
]
