"""Addresses of the assessments: what everybody sees, what units and planners work with, one module a part."""

from linli.assessments.urls import (
    draws,
    impacts,
    inspections,
    instruments,
    notices,
    polls,
    rounds,
    scores,
)

app_name = "assessments"

# What has a word in its place comes before what has a code there.
urlpatterns = [
    *instruments.PATHS,
    *draws.PATHS,
    *scores.PATHS,
    *notices.PATHS,
    *polls.PATHS,
    *inspections.PATHS,
    *impacts.PATHS,
    *rounds.PATHS,
]
