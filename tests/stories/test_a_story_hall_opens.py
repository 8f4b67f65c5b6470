"""The promise 故事馆、数字阅读墙、体验园、民族艺术馆: an officer hangs works with words in three languages, a planner opens the hall, and
a visitor walks through, reads and listens without being counted as anybody. (In the browser: test_captures.py, test_main_pages.py.)
"""

import pytest

from linli.atlas.models import Exhibition, Work
from tests.town import atlas_exhibitions, culture, directory
from tests.town.told import desk, file, press, read

pytestmark = pytest.mark.django_db
LETTER = "见字如面。"


def test_a_letter_hangs_on_the_reading_wall(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    directory.unit(atlas_exhibitions.UNIT)
    officer, planner = desk(atlas_exhibitions.officer()), desk(atlas_exhibitions.planner())

    # Hung by the unit, with the leave of who made it; nobody sees it yet.
    press(
        officer, "/console/exhibitions/new/", kind="reading", title="阅读墙", title_hant="閱讀牆",
        title_en="Reading wall", about="短文。",
    )  # fmt: skip
    hall = Exhibition.objects.get()
    at_desk, public = f"/console/exhibitions/{hall.code}/", f"/exhibitions/{hall.code}/"
    work = {
        "source": "archive", "source_name": "市档案馆", "title": "家书", "title_hant": "家書",
        "title_en": "A letter", "text": LETTER, "text_en": "Reading it, I see you.", "leave": "on",
        "picture": file("letter.png", culture.picture()), "shows": "一封信",
    }  # fmt: skip
    press(officer, f"{at_desk}hang/", **work)
    assert Work.objects.get().exhibition == hall
    assert client.get(public).status_code == 404

    # A planner, and not who hung it, opens it.
    assert officer.post(f"{at_desk}open/").status_code == 403
    press(planner, at_desk, "/open/")

    # Walked through in two languages, with the square of its label on the wall; taken down, it is gone.
    assert LETTER in read(client, f"{public}1/")
    assert "Reading it, I see you." in read(client, f"/en{public}1/")
    assert client.get(f"{public}1/picture").headers["Content-Type"] == "image/png"
    assert "reading__square" in client.get(f"{public}wall/").content.decode()
    assert not client.cookies.get("sessionid")
    press(officer, at_desk, "/close/")
    assert client.get(public).status_code == 404
