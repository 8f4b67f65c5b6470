"""Headings, measures and the boundary on the two annotated reports beside the project."""

import json
from pathlib import Path

import pytest

from linli.reader import read

INPUTS = Path(__file__).resolve().parents[3] / "shared" / "inputs"
REPORTS = ("jiayuguan", "jinniu")

pytestmark = pytest.mark.skipif(
    not INPUTS.is_dir(), reason="the annotated reports stand beside the project, in ../shared"
)


@pytest.fixture(scope="module", params=REPORTS)
def report(request):
    name = f"{request.param}.txt"
    gold = json.loads((INPUTS / f"{request.param}.gold.json").read_text("utf-8"))
    return read((INPUTS / name).read_bytes(), name=name), gold


def overlap(gold, measure):
    shared = min(gold["end"], measure.end) - max(gold["start"], measure.start)
    whole = max(gold["end"], measure.end) - min(gold["start"], measure.start)
    return max(shared, 0) / whole


def test_every_heading_is_found_to_the_character(report):
    reading, gold = report
    expected = {(each["start"], each["end"], each["level"]) for each in gold["headings"]}
    assert {(each.start, each.end, each.level) for each in reading.headings} == expected


def test_nearly_every_measure_is_found_with_its_verb(report):
    reading, gold = report
    hits = [
        (each, measure)
        for each in gold["measures"]
        for measure in reading.measures
        if overlap(each, measure) >= 0.5
    ]
    precision, recall = len(hits) / len(reading.measures), len(hits) / len(gold["measures"])
    assert 2 * precision * recall / (precision + recall) >= 0.95
    same = [each for each, measure in hits if each["verb"] in measure.verb]
    assert len(same) / len(hits) >= 0.95


def test_what_watches_people_is_labelled_and_nothing_else(report):
    reading, gold = report
    expected = [
        (each["start"], each["boundary"]) for each in gold["measures"] if "boundary" in each
    ]
    found = [(each.start, each.boundary) for each in reading.measures if each.boundary]
    assert found == expected
