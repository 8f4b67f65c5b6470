"""Exhibitions for tests: hung by an officer, opened by a planner."""

from datetime import UTC, datetime

from linli.atlas.actions import exhibitions, works
from linli.atlas.queries.exhibitions import content, digest, works_of
from linli.kernel.actors import Role
from tests.town import culture, directory
from tests.town.staff import actor

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
UNIT = "嘉峪关市文化馆"


def planner(name="规划员"):
    return actor(Role.PLANNER, name=name)


def officer(unit=UNIT, name="经办人"):
    return actor(Role.OFFICER, name=name, unit=unit)


def draft(unit=None, **given):
    said = {
        "kind": "exhibition",
        "title": "丝路影像展",
        "title_hant": "絲路影像展",
        "title_en": "Pictures of the Silk Road",
        "about": "四面八方的影像。",
        "about_en": "Pictures from everywhere.",
    }
    return exhibitions.ExhibitionDraft(unit=unit or directory.unit(UNIT), **(said | given))


def exhibition(*, at=AT, by=None, **given):
    made = draft(**given)
    return exhibitions.begin_exhibition(by=by or officer(made.unit.name), at=at, draft=made)


def work_draft(**given):
    said = {
        "source": "contest",
        "source_name": "影像大赛",
        "title": "关城",
        "title_hant": "關城",
        "title_en": "The fortress",
        "maker": "第三中学摄影社",
        "text": "清晨的关城。",
        "text_en": "The fortress in the morning.",
        "leave": True,
    }
    return works.WorkDraft(**(said | given))


def with_picture(**given):
    return work_draft(picture=culture.rebuilt(), shows="一座关城", shows_en="A fortress", **given)


def hung(of, *, at=AT, by=None, given=None):
    return works.hang(
        by=by or officer(of.unit.name), at=at, exhibition=of, draft=given or work_draft()
    )


def seen(of):
    return digest(content(of, works_of(of)))


def opened(of, *, at=AT, by=None):
    return exhibitions.open_exhibition(by=by or planner(), at=at, exhibition=of, seen=seen(of))
