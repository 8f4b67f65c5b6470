"""What the platform does instead, where a report describes watching people (PRIVACY.md 10).

Such a passage stays text. It never becomes a task, an indicator or a record; the page names the
service that meets the need behind it.
"""

NEEDS = {
    "surveillance": "open_services",
    "person_register": "published_area_figures",
    "opinion_monitoring": "complaints_and_ratings",
    "policing": "legal_aid",
    "consent_needed": "hand_over_with_grant",
}


def need_behind(boundary: str) -> str:
    """Return the key of the service that meets the need; an unknown boundary is out of scope too."""
    return NEEDS.get(boundary, "open_services")
