"""Walks: what a thing went into and came from; no way that time forbids, and none that is forgotten."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from linli.trace.rules.walking.link_steps import Links
from linli.trace.rules.walking.links import links_of
from linli.trace.rules.walking.walks import backward, forward

START = datetime(2026, 1, 1, tzinfo=UTC)
LAST = START + timedelta(days=1_000)


def day(number):
    return START + timedelta(days=number)


def made(number, inputs, outputs, **more):
    return {
        "type": "TransformationEvent", "eventID": f"e{number} {inputs}{outputs}",
        "eventTime": day(number).isoformat(),
        "inputEPCList": inputs.split(), "outputEPCList": outputs.split(), **more,
    }  # fmt: skip


def packed(number, action, parent, children):
    return {
        "type": "AggregationEvent", "eventID": f"e{number} {action}{parent}{children}",
        "eventTime": day(number).isoformat(),
        "action": action, "parentID": parent, "childEPCs": children.split(),
    }  # fmt: skip


def links(*events, slack=timedelta(0)):
    return Links.of(links_of(events), slack)


def told(reached):
    return [(one.thing, one.how, one.hops) for one in reached]


def test_walks_from_the_animal_to_the_meals_and_back():
    chain = links(
        made(1, "cow", "half1 half2"), made(2, "half1 salt", "sausage"), made(3, "sausage", "meal")
    )
    assert told(forward(chain, "cow", START)) == [
        ("half1", "made", 1), ("half2", "made", 1), ("sausage", "made", 2), ("meal", "made", 3),
    ]  # fmt: skip
    assert told(backward(chain, "meal", LAST)) == [
        ("sausage", "made", 1), ("half1", "made", 2), ("salt", "made", 2), ("cow", "made", 3),
    ]  # fmt: skip
    assert forward(chain, "cow", START)[-1].at == day(3)
    assert backward(chain, "meal", LAST)[-1].at == day(1)


def test_stops_after_the_hops_asked():
    chain = links(*(made(n, f"lot{n}", f"lot{n + 1}") for n in range(20)))
    assert told(forward(chain, "lot0", START))[-1] == ("lot12", "made", 12)
    assert told(forward(chain, "lot0", START, hops=3))[-1] == ("lot3", "made", 3)
    assert forward(chain, "lot0", START, hops=0) == []
    assert told(backward(chain, "lot20", LAST))[-1] == ("lot8", "made", 12)


def test_goes_no_way_that_time_forbids():
    chain = links(made(5, "a", "b"), made(3, "b", "c"))
    assert told(forward(chain, "a", START)) == [("b", "made", 1)]
    assert told(backward(chain, "c", LAST)) == [("b", "made", 1)]
    assert told(forward(chain, "b", START)) == [("c", "made", 1)]
    assert forward(chain, "a", day(6)) == []
    assert backward(chain, "b", day(4)) == []
    late = links(made(5, "a", "b"), made(3, "b", "c"), slack=timedelta(days=2))
    assert told(forward(late, "a", START)) == [("b", "made", 1), ("c", "made", 2)]
    assert told(backward(late, "c", LAST)) == [("b", "made", 1), ("a", "made", 2)]


def test_goes_on_from_the_earlier_way_though_it_is_longer():
    chain = links(
        made(9, "a", "d"),
        made(1, "a", "b"),
        made(2, "b", "d", transformationID="second"),
        made(3, "d", "e"),
    )
    assert told(forward(chain, "a", START)) == [
        ("b", "made", 1),
        ("d", "made", 1),
        ("e", "made", 3),
    ]
    assert forward(chain, "a", START)[1].at == day(2)


def test_ends_in_cycles():
    chain = links(made(1, "a", "b"), made(2, "b", "a"), made(3, "a", "b c"))
    assert told(forward(chain, "a", START)) == [("b", "made", 1), ("c", "made", 1)]
    assert told(backward(chain, "a", LAST)) == [("b", "made", 1)]


def test_suspects_the_carrier_but_not_what_lies_beside():
    chain = links(
        packed(1, "ADD", "pallet", "bad good"), packed(2, "ADD", "truck", "pallet"),
        packed(4, "DELETE", "truck", "pallet"), packed(5, "DELETE", "pallet", "bad good"),
        made(6, "bad", "soup"), made(6, "good", "bread"),
    )  # fmt: skip
    assert told(forward(chain, "bad", START)) == [
        ("pallet", "carried", 0), ("truck", "carried", 0), ("soup", "made", 1),
    ]  # fmt: skip
    assert told(backward(chain, "soup", LAST)) == [
        ("bad", "made", 1), ("pallet", "carried", 1), ("truck", "carried", 1),
    ]  # fmt: skip


def test_forgets_a_crate_once_it_was_emptied():
    used_again = [
        packed(1, "ADD", "crate", "bad"), packed(2, "DELETE", "crate", "bad"),
        packed(3, "ADD", "crate", "good"), made(4, "crate", "soup"),
    ]  # fmt: skip
    assert told(forward(links(*used_again), "bad", START)) == [("crate", "carried", 0)]
    assert told(backward(links(*used_again), "soup", LAST)) == [
        ("crate", "made", 1),
        ("good", "made", 1),
    ]
    not_emptied = links(used_again[0], *used_again[2:])
    assert told(forward(not_emptied, "bad", START)) == [
        ("crate", "carried", 0),
        ("soup", "made", 1),
    ]


def test_carries_no_further_than_the_crate_was_full():
    later = [
        packed(1, "ADD", "crate", "bad"),
        packed(2, "DELETE", "crate", "bad"),
        packed(3, "ADD", "truck", "crate"),
    ]
    assert told(forward(links(*later), "bad", START)) == [("crate", "carried", 0)]
    assert told(backward(links(*later), "bad", LAST)) == [("crate", "carried", 0)]
    assert len(forward(links(later[0], later[2]), "bad", START)) == 2


def test_asks_not_what_a_carrier_is_made_of():
    chain = links(made(1, "wood", "crate"), packed(2, "ADD", "crate", "a"), made(3, "a", "b"))
    assert told(backward(chain, "b", LAST)) == [("a", "made", 1), ("crate", "carried", 1)]


def test_suspects_what_lies_in_a_suspect_thing():
    chain = links(
        packed(1, "ADD", "box", "a"), packed(2, "DELETE", "box", "a"), packed(3, "ADD", "box", "b")
    )
    assert told(forward(chain, "box", START)) == [("a", "made", 0), ("b", "made", 0)]
    assert told(forward(chain, "box", day(3))) == [("b", "made", 0)]
    assert told(backward(chain, "box", day(1))) == [("a", "made", 0)]
    assert told(backward(chain, "box", LAST)) == [("b", "made", 0)]


def test_takes_what_was_used_at_each_time_out_of_one_crate():
    chain = links(
        packed(1, "ADD", "crate", "a"), made(2, "crate", "x"), packed(3, "DELETE", "crate", "a"),
        packed(4, "ADD", "crate", "b"), made(5, "crate", "y"), made(6, "x y", "z"),
    )  # fmt: skip
    assert {"a", "b", "crate", "x", "y"} == {one.thing for one in backward(chain, "z", LAST)}
    assert "b" not in {one.thing for one in backward(chain, "x", LAST)}


def test_says_which_event_led_there():
    chain = links(made(1, "a", "b"), made(2, "b", "c"))
    first, second = forward(chain, "a", START)
    assert (first.event, second.event) == ("e1 ab", "e2 bc")
    assert first.before == f"transformation:e1 ab {day(1).isoformat()}"


lots = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True).map(" ".join)
crates = st.sampled_from(["X", "Y", "Z"])
days = st.integers(1, 12)
steps = st.builds(made, days, lots | crates, lots)
packs = st.builds(packed, days, st.sampled_from(["ADD", "DELETE"]), crates, lots | st.just("W"))
nested = st.builds(packed, days, st.sampled_from(["ADD", "DELETE"]), st.just("V"), crates)
histories = st.lists(steps | packs | nested, max_size=10)


@given(histories)
@settings(max_examples=300)
def test_finds_backwards_whom_it_finds_forwards(events):
    chain = links(*events)
    out = {
        (lot, one.thing)
        for lot in "abcdef"
        for one in forward(chain, lot, START, 50)
        if one.how == "made"
    }
    back = {
        (one.thing, lot)
        for lot in "abcdef"
        for one in backward(chain, lot, LAST, 50)
        if one.how == "made"
    }
    inner = set("abcdef")
    assert {pair for pair in out if pair[1] in inner} == {pair for pair in back if pair[0] in inner}


@given(histories)
def test_fetches_each_thing_once_and_finds_the_same(events):
    said, asked = links_of(events), []

    def ahead(names):
        asked.extend(names)
        return [
            one
            for one in said
            if one.source in names or (one.target in names and one.kind == "held")
        ]

    def back(names):
        return [
            one
            for one in said
            if one.target in names or (one.source in names and one.kind == "held")
        ]

    whole = Links.of(said)
    assert forward(Links(fetch=ahead), "a", START) == forward(whole, "a", START)
    assert backward(Links(fetch=back), "a", LAST) == backward(whole, "a", LAST)
    assert len(asked) == len(set(asked))


def test_fetches_by_levels_not_by_things():
    events = [
        made(n, f"a{n}", " ".join(f"a{n + 1} b{n + 1}_{m}" for m in range(5))) for n in range(4)
    ]
    said, times = links_of(events), []

    def fetch(names):
        times.append(len(names))
        return [one for one in said if one.source in names or one.target in names]

    assert len(forward(Links(fetch=fetch), "a0", START)) == 24
    assert times == [1, 1, 6, 1, 6, 1, 6, 1, 6]


@given(st.lists(st.builds(made, days, lots, lots), max_size=8))
@settings(max_examples=300)
def test_finds_every_way_that_time_allows(events):
    found = {one.thing: (one.hops, one.at) for one in forward(links(*events), "a", START, 50)}
    assert found == every_way(links_of(events), "a", START)


def every_way(said, start, since):
    """All ways one by one: slow, and not to be misunderstood."""
    found, waiting = {}, [(start, since, 0, frozenset())]
    while waiting:
        thing, at, hops, gone = waiting.pop()
        for link in said:
            if link.source != thing or link.begins < at or link in gone:
                continue
            there = hops + (link.kind == "made")
            waiting.append((link.target, link.begins, there, gone | {link}))
            if link.kind == "made" and link.target != start:
                known = found.get(link.target, (there, link.begins))
                found[link.target] = (min(known[0], there), min(known[1], link.begins))
    return found
