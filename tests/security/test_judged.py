"""What bandit finds is judged at its place, with a reason; what nobody judged is told."""

import re

from tests.architecture.source import ROOT, tracked
from tools import audit

PLACE = re.compile(r"# nosec\b(?! B\d{3} - \w)")


def finding(name, rule="B608"):
    return {
        "filename": name,
        "line_number": 1,
        "line_range": [1],
        "test_id": rule,
        "issue_text": "said",
    }


def test_says_why_at_each_place():
    bare = [
        path for path in tracked("linli") if path.suffix == ".py" if PLACE.search(path.read_text())
    ]

    assert bare == []
    assert PLACE.search("x = 1  # nosec")
    assert PLACE.search("x = 1  # nosec B608")


def test_tells_what_nobody_judged():
    moved = next((ROOT / "linli/funds/migrations").glob("0*.py")).relative_to(ROOT)

    assert audit.unjudged([finding(str(moved))]) == []
    assert audit.unjudged([finding(str(moved), "B301")]) == [f"{moved}:1: B301 said"]
    assert audit.unjudged([finding("linli/kernel/https.py")]) == [
        "linli/kernel/https.py:1: B608 said"
    ]
