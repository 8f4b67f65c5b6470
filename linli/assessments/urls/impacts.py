"""Assessments of decisions."""

from django.urls import URLPattern, path

from linli.assessments.views import impact_deeds, impacts, impacts_public

_IMPACT = "console/impacts/<str:code>/"
_HAZARD = f"{_IMPACT}hazards/<int:number>/"
PATHS: list[URLPattern] = [
    path("impacts/", impacts_public.impacts, name="impacts"),
    path("impacts/<str:code>/", impacts_public.impact, name="impact"),
    path("console/impacts/", impacts.console_impacts, name="console_impacts"),
    path("console/impacts/new/", impacts.impact_new, name="impact_new"),
    path(_IMPACT, impacts.console_impact, name="console_impact"),
    path(f"{_IMPACT}amend/", impacts.impact_amend, name="impact_amend"),
    path(f"{_IMPACT}ask/", impact_deeds.impact_ask, name="impact_ask"),
    path(f"{_IMPACT}open/", impact_deeds.impact_open, name="impact_open"),
    path(f"{_IMPACT}hazards/", impact_deeds.impact_hazard_new, name="impact_hazard_new"),
    path(f"{_IMPACT}hazards/<int:number>/", impact_deeds.impact_hazard, name="impact_hazard"),
    path(
        f"{_IMPACT}hazards/<int:number>/strike/",
        impact_deeds.impact_hazard_strike,
        name="impact_hazard_strike",
    ),
    path(f"{_IMPACT}decide/", impact_deeds.impact_decide, name="impact_decide"),
]
