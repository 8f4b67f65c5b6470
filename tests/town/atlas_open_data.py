"""A town with something in every table of open data: shapes, stations, premises, a promise's figure, a release."""

from tests.town import atlas_keep, atlas_layers, directory, facts, guides, trace

STATIONS = ("城关街道便民服务站", "西固街道便民服务站")
SECRET = "不出门的数"  # an indicator of people that never passed the gate


def places(*, at):
    """Four quarters with shapes, a station in two of them, an area whose code is no longer in force."""
    atlas_layers.shown(at=at)
    for name, code in zip(STATIONS, ("620102", "620104"), strict=True):
        guides.station(name, at=at, area=code)
    old = directory.area("620191", name="旧区", level="county")
    old.until_year = 2001
    old.save()


def figures(*, at):
    """A figure of things, an official one about people, and one of people counted here."""
    facts.fact("300", at=at, period="2024")
    official = facts.indicator(
        "population.total", name="常住人口", unit="人", about_people=True, at=at
    )
    facts.fact("41200", indicator=official, source="第七次人口普查", at=at, period="2020")
    inside = facts.indicator("talks.inside", name=SECRET, about_people=True, public=False, at=at)
    facts.fact("7", indicator=inside, evidence=facts.query(at=at), at=at, period="2024")


def food(*, at):
    """Premises with a permit."""
    place = trace.premises(at=at)
    trace.permit(place, at=at)
    return place


def release(monkeypatch):
    """A released table of six counties, two of them kept back at least."""
    kept = atlas_keep.records()
    atlas_keep.town()
    atlas_keep.counts(monkeypatch, atlas_keep.figure(kept))
    return atlas_keep.released()


def whole(monkeypatch, *, at):
    """All of it."""
    places(at=at)
    figures(at=at)
    food(at=at)
    return release(monkeypatch)
