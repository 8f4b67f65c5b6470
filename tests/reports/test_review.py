from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from linli.reports.rules.marking import Item
from linli.reports.rules.review import (
    Passage,
    Row,
    last_act,
    out_of_scope,
    passages,
    restoring,
    standing,
)

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def item(start, end, *, name="f1", boundary=None):
    return Item(name, "figure", start, end, bool(boundary), {"boundary": boundary})


def reading(text, *measures):
    return {"text": text, "lines": [[0, len(text), "main", "body"]], "measures": list(measures)}


def row(verb, minute=0, **becomes):
    return Row(verb, becomes, NOON + timedelta(minutes=minute), "甲")


def test_finds_a_passage_that_is_no_measure():
    found = passages(reading("街口高清摄像头48个,窗口5个。"))

    assert [passage.reason for passage in found] == ["surveillance"]
    assert found[0].start <= 2 < 10 <= found[0].end


def test_joins_passages_that_overlap():
    text = "在商业街出入口加装高清摄像头48个。"
    marked = {"start": 0, "end": 17, "boundary": "surveillance"}

    assert len(passages(reading(text, marked))) == 1


def test_leaves_out_what_touches_a_passage_and_nothing_else():
    outside = [Passage(10, 20, "policing")]
    found = [item(0, 10, name="a"), item(9, 11, name="b"), item(12, 14, name="c")]
    found += [item(20, 22, name="d"), item(0, 30, name="e"), item(40, 41, name="f", boundary="surveillance")]  # fmt: skip

    assert out_of_scope(found, outside) == {
        "b": "policing",
        "c": "policing",
        "e": "policing",
        "f": "surveillance",
    }


spans = st.tuples(st.integers(0, 60), st.integers(1, 8)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(spans, max_size=12), st.lists(spans, max_size=12))
def test_leaves_out_exactly_what_overlaps(measures, wanted):
    text = "甲" * 80
    marked = [{"start": a, "end": b, "boundary": "policing"} for a, b in measures]
    found = [item(a, b, name=f"f{n}") for n, (a, b) in enumerate(wanted)]

    outside = out_of_scope(found, passages(reading(text, *marked)))

    assert set(outside) == {
        one.id for one in found if any(one.start < b and a < one.end for a, b in measures)
    }


@given(st.lists(st.sampled_from(["accept", "reject", "undo"]), max_size=20))
def test_undoes_like_a_pile_of_decisions(deeds):
    rows, pile = [], []
    for number, deed in enumerate(deeds):
        if deed != "undo":
            rows.append(row(deed, n=number))
            pile.append((deed, number))
        elif pile:
            choice = restoring(rows)
            pile.pop()
            assert choice.verb == (pile[-1][0] if pile else "open")
            rows.append(row(choice.verb, **choice.becomes))

        holds = standing(rows)
        assert (holds and (holds.verb, holds.becomes["n"])) == (pile[-1] if pile else None)


def test_puts_back_by_hand_what_can_be_undone_too():
    rows = [row("accept"), row("open")]

    assert standing(rows) is None
    assert restoring(rows).verb == "accept"


def test_names_the_items_of_the_newest_act():
    rows = {"f1": [row("accept", 1)], "f2": [row("accept", 1), row("reject", 2)], "f3": [row("accept", 2)]}  # fmt: skip

    assert last_act(rows) == {"f2", "f3"}
    assert last_act({}) == frozenset()
