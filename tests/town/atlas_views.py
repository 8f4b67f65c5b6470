"""A city with counties and official figures of them, for the atlas."""

from linli.facts.models import Fact
from tests.town import directory, facts

CITY = "990200"
NAMES = {"990201": "东县", "990202": "南县", "990203": "西县", "990204": "北县"}
SCHOOLS = {"990201": 40, "990202": 12, "990203": 25, "990204": 12}


def town():
    """Make the city; return it with its counties."""
    city = directory.area(CITY, name="图城", level="city")
    return city, [
        directory.area(code, name=name, level="county", parent=city) for code, name in NAMES.items()
    ]


def schools(code="education.schools", **overrides):
    """Return an indicator that counts no people."""
    given = {"name": "学校数", "name_hant": "學校數", "name_en": "Schools", "unit": "school"}
    return facts.indicator(code, **given | overrides)


def said(values, *, period="2024", indicator=None, **given):
    """Record a figure of each of these counties, by their codes."""
    _, counties = town()
    by_code = {area.code: area for area in counties} | {CITY: directory.area(CITY)}
    given.setdefault("status", Fact.EVIDENCED)
    return {
        code: facts.fact(
            str(value), indicator=indicator or schools(), area=by_code[code], period=period, **given
        )
        for code, value in values.items()
    }
