"""Addresses of the assessments: what everybody sees, what units and planners work with, one list a part."""

from django.urls import URLPattern

app_name = "assessments"

# Instruments and their editions.
INSTRUMENTS: list[URLPattern] = []
# Schemes, rounds, candidacies, and the sheets that units fill in.
ROUNDS: list[URLPattern] = []
# Who assesses whom; draws of sites and inspectors.
DRAWS: list[URLPattern] = []
# Scores, their trace, agreement, and what would lift a unit.
SCORES: list[URLPattern] = []
# Notices, objections, awards, the register of honours.
NOTICES: list[URLPattern] = []
# Polls, of everybody and of the console.
POLLS: list[URLPattern] = []
# Inspections on a phone, their findings, the public register.
INSPECTIONS: list[URLPattern] = []
# Assessments of decisions.
IMPACTS: list[URLPattern] = []

# What has a word in its place comes before what has a code there.
urlpatterns = [
    *INSTRUMENTS,
    *DRAWS,
    *SCORES,
    *NOTICES,
    *POLLS,
    *INSPECTIONS,
    *IMPACTS,
    *ROUNDS,
]
