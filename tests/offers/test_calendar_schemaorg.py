"""Offers as JSON-LD: courses with their instances, events with their runs, nothing that is not public."""

import importlib.util
import io
import json
import re
import subprocess
import sys

import pytest
from django.core.management import call_command

from linli.offers.actions import offering
from tests.town import offers

pytestmark = pytest.mark.django_db
KINDS = {
    "EventScheduled": "EventStatusType", "InStock": "ItemAvailability",
    "OnlineEventAttendanceMode": "EventAttendanceModeEnumeration",
    "OfflineEventAttendanceMode": "EventAttendanceModeEnumeration",
}  # fmt: skip
ONE_OF = re.compile(f'"https://schema.org/({"|".join(KINDS)})"')


def _typed(found):
    return json.dumps({"@id": f"http://schema.org/{found[1]}", "@type": KINDS[found[1]]})


def data(client, path):
    text = client.get(path).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return [json.loads(one) for one in found]


def test_tells_a_course_with_its_instances(client, noon, time_machine):
    time_machine.move_to(noon, tick=False)
    session = offers.session(12, at=noon, languages=("zh", "ug"))
    offers.booked(session, at=noon, size=2)

    (told,) = data(client, f"/offers/{session.offer.code}/")

    assert (told["@type"], told["name"]) == ("Course", "拉面师培训班")
    (run,) = told["hasCourseInstance"]
    assert run["@type"] == "CourseInstance"
    assert (run["maximumAttendeeCapacity"], run["remainingAttendeeCapacity"]) == (12, 10)
    assert run["offers"]["availability"] == "https://schema.org/InStock"
    assert run["inLanguage"] == ["zh", "ug"]


def test_tells_an_event_that_was_called_off(client, noon, time_machine):
    time_machine.move_to(noon, tick=False)
    session = offers.session(at=noon, of=offers.offer(at=noon, kind="event", title="讲座"))
    offering.call_off(by=offers.officer(), at=noon, session=session, why="雪")

    (told,) = data(client, f"/offers/sessions/{session.code}/")

    assert (told["@type"], told["eventStatus"]) == ("Event", "https://schema.org/EventCancelled")
    assert "offers" not in told


def test_tells_nobody_where_to_go_online(client, noon, time_machine):
    time_machine.move_to(noon, tick=False)
    session = offers.session(at=noon, online="https://meet.example/secret")

    (told,) = data(client, f"/offers/sessions/{session.code}/")

    assert told["location"]["@type"] == "VirtualLocation"
    assert "meet.example" not in json.dumps(told)


def test_ends_no_element_with_what_a_title_says(client, noon, time_machine):
    time_machine.move_to(noon, tick=False)
    session = offers.session(at=noon, of=offers.offer(at=noon, title="</script><b>&"))

    (told,) = data(client, f"/offers/{session.offer.code}/")

    assert told["name"] == "</script><b>&"


def test_says_nothing_of_times_at_a_window(client, noon, time_machine):
    time_machine.move_to(noon, tick=False)
    session = offers.session(at=noon, of=offers.offer(at=noon, kind="appointment"))

    assert data(client, f"/offers/{session.offer.code}/") == []


def test_conforms_to_the_shapes(noon, time_machine, tmp_path, shared):
    if not all(importlib.util.find_spec(name) for name in ("pyshacl", "pyld", "rdflib")):
        pytest.skip("the packages pyshacl, pyld and rdflib are not here")
    time_machine.move_to(noon, tick=False)
    offers.session(at=noon)
    for kind in ("event", "fair", "shift", "contest", "group"):
        offers.session(at=noon, of=offers.offer(at=noon, kind=kind), online="https://a.example")
    call_command("export", "schemaorg", str(tmp_path), stdout=io.StringIO())
    examples = tmp_path / "conformance/schemaorg"
    examples.mkdir(parents=True)
    for path in (shared / "conformance/schemaorg").iterdir():
        if path.is_file():
            (examples / path.name).symlink_to(path)
    (examples / "examples").mkdir()
    for path in tmp_path.glob("*.jsonld"):
        # The shapes know a member of an enumeration only where its type stands beside it.
        typed = ONE_OF.sub(_typed, path.read_text())
        (examples / "examples" / f"{path.stem}.json").write_text(typed)
    (tmp_path / "checks").mkdir()
    script = tmp_path / "checks/schemaorg.py"
    script.write_bytes((shared / "checks/schemaorg.py").read_bytes())

    done = subprocess.run([sys.executable, script], check=False, capture_output=True, text=True)

    assert done.stdout.splitlines() == ["conform 6 not 0"], done.stderr
