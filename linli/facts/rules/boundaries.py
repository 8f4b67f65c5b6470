"""What may be known of people: PRIVACY 9 as a rule. Pure."""

# A group of people is visible in the figures of a county or larger, a person in those of a street.
LARGE_ENOUGH = frozenset({"province", "city", "county"})


def overstep(
    *, level: str, kind: str, official_only: bool, hidden_people: bool | None, twin: bool = False
) -> str:
    """Return the code of the limit that a fact would cross, "" when it crosses none.

    level: of the area; kind: of the evidence. hidden_people: None when the indicator counts no people,
    else whether it is kept from the public. twin: whether the indicator holds what the release gate let pass.
    """
    if official_only and (kind in {"query", "release"} or level not in LARGE_ENOUGH):
        return "official_only"
    if twin != (kind == "release"):
        return "release_only"
    if kind == "query" and hidden_people is False:
        return "not_released"
    return ""
