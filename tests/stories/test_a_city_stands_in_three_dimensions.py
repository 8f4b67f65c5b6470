"""The promise 三维数字社会综合信息管理平台: boundaries with source and approval number, official figures on a tile map and in three
dimensions; figures about people that nobody released stand nowhere. (In the browser: test_space.py, test_layers.py, test_cells.py.)
"""

import json
import re

import pytest

from linli.atlas.models import Layer
from linli.directory.models import Area
from tests.town import atlas_layers, atlas_views, facts
from tests.town.told import desk, file, press, read

pytestmark = pytest.mark.django_db
SCHOOLS = {"620102": "40", "620103": "10", "620104": "20"}


def test_schools_rise_over_their_quarters_and_people_do_not(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    atlas_layers.town()
    planner = desk(atlas_layers.planner())

    # The map file is brought with where it comes from; its rows are looked at, and it is published.
    brought = press(
        planner, "/console/layers/bring/", name="兰州市界", source=atlas_layers.SOURCE,
        licence=atlas_layers.LICENCE, datum="cgcs2000", approval_no=atlas_layers.NUMBER,
        file=file("界.geojson", atlas_layers.town_file()),
    )  # fmt: skip
    press(planner, brought.url)
    layer = Layer.objects.get()
    if not layer.public:
        press(planner, f"/console/layers/{layer.code}/", "/publish/")

    # Figures of schools, each from a source; one of people that this house counted itself.
    schools = atlas_views.schools(at=noon)
    people = facts.indicator("people.trained", at=noon, about_people=True, public=False)
    for code, value in SCHOOLS.items():
        area = Area.objects.get(pk=code)
        facts.fact(value, indicator=schools, area=area, period="2024", at=noon)
        facts.fact(
            "987",
            indicator=people,
            area=area,
            period="2024",
            at=noon,
            evidence=facts.query(at=noon),
        )

    # On the map, in space and as data: the same figures, with the approval number, and none of people.
    page = client.get(f"/atlas/3d/?indicator={schools.code}").content.decode()
    assert page.count('class="prism__walls"') == 3
    assert atlas_layers.NUMBER in page
    scene = json.loads(client.get(f"/atlas/3d/areas.json?indicator={schools.code}").content)
    assert len(scene["features"]) >= 3
    atlas = read(client, "/atlas/?area=620100")
    hidden = client.get(f"/atlas/3d/areas.json?indicator={people.code}").content.decode()
    assert not any("987" in told for told in (page, json.dumps(scene), atlas, hidden))
    assert re.search(r"40", page)
