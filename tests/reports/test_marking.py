from hypothesis import given
from hypothesis import strategies as st

from linli.reader.measures import SERVICE_INSTEAD
from linli.reports.rules.marking import KINDS, items, marked_lines
from linli.reports.views import words

PLURALS = [f"{kind}s" if kind != "body" else "bodies" for kind in KINDS]


def reading(text, **found):
    lines, at = [], 0
    for row in text.split("\n"):
        lines.append([at, at + len(row), "main", "body"])
        at += len(row) + 1
    return {"text": text, "lines": lines} | {plural: [] for plural in PLURALS} | found


def test_cuts_where_items_begin_and_end():
    marked = list(
        marked_lines(
            reading(
                "共培训300人。",
                figures=[{"id": "f1", "start": 3, "end": 7}],
                measures=[{"id": "m1", "start": 0, "end": 7}],
            )
        )
    )

    pieces = [(p.text, [i.id for i in p.items], [i.id for i in p.begins]) for p in marked[0].pieces]
    assert pieces == [
        ("共培训", ["m1"], ["m1"]),
        ("300人", ["f1", "m1"], ["f1"]),
        ("。", [], []),
    ]


def test_numbers_items_that_have_no_name():
    found = items(reading("甲乙", places=[{"start": 0, "end": 1}, {"start": 1, "end": 2}]))

    assert [item.id for item in found] == ["p1", "p2"]


def test_leaves_blank_lines_out_and_keeps_numbers():
    assert [line.number for line in marked_lines(reading("甲\n\n乙"))] == [1, 3]


@given(st.data())
def test_joins_to_the_line_again(data):
    text = data.draw(st.text("甲乙丙丁1 \n", min_size=1, max_size=40))
    spans = []
    at = 0
    for row in text.split("\n"):
        for _ in range(data.draw(st.integers(0, 3)) if row else 0):
            start = data.draw(st.integers(0, len(row) - 1))
            end = data.draw(st.integers(start + 1, len(row)))
            spans.append({"start": at + start, "end": at + end})
        at += len(row) + 1
    record = reading(text, places=spans, dates=spans[::2])
    rows = text.split("\n")

    for line in marked_lines(record):
        assert "".join(piece.text for piece in line.pieces) == rows[line.number - 1]
        for piece in line.pieces:
            assert {i.id for i in piece.begins} <= {i.id for i in piece.items}
    shown = {item.id for line in marked_lines(record) for p in line.pieces for item in p.begins}
    hidden = {i.id for i in items(record) if not text[i.start : i.end].strip()}
    assert {item.id for item in items(record)} - hidden <= shown | hidden


def test_answers_every_boundary_with_a_service_in_words():
    assert set(words.BOUNDARIES) == set(SERVICE_INSTEAD)
    assert set(words.INSTEAD) == set(SERVICE_INSTEAD.values())
