"""Places and drawing, for every list that there can be."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.offers.rules import drawing
from linli.offers.rules.drawing import Ticket
from linli.offers.rules.places import DOORS, Places

sizes = st.integers(1, 6)
counts = st.fixed_dictionaries(dict.fromkeys(DOORS, st.integers(0, 8)))
tickets = st.dictionaries(st.text("0123456789abcdef", min_size=4, max_size=6), sizes, max_size=30)


@given(capacity=st.integers(0, 40), taken=counts, kept=counts)
def test_a_door_never_gives_what_is_not_there_or_is_kept_for_another(capacity, taken, kept):
    places = Places(capacity, taken, kept)
    for door in DOORS:
        free = places.free_at(door)
        assert free <= max(0, places.free)
        others = [one for one in DOORS if one != door]
        if free:
            left = capacity - taken[door] - free
            assert left >= sum(max(taken[one], kept[one]) for one in others)


@given(floors=counts)
def test_every_door_gets_at_least_its_floor_whoever_comes_first(floors):
    capacity = sum(floors.values())
    taken = dict.fromkeys(DOORS, 0)
    for door in DOORS:  # each takes all that it can get
        taken[door] = Places(capacity, taken, floors).free_at(door)
        assert taken[door] >= floors[door]


class TestDrawing:
    @given(entered=tickets, places=st.integers(0, 40), seed=st.text(max_size=20))
    def test_places_whole_groups_and_never_more_than_there_are(self, entered, places, seed):
        entries = [Ticket(number, size) for number, size in entered.items()]

        drawn = drawing.draw(seed, entries, places)

        assert sum(one.size for one in drawn.placed) <= places
        assert sorted(drawn.placed + drawn.behind) == sorted(entries)
        left = places - sum(one.size for one in drawn.placed)
        assert all(one.size > left for one in drawn.behind)

    @given(entered=tickets, seed=st.text(max_size=20))
    def test_does_not_depend_on_the_order_of_entering(self, entered, seed):
        entries = [Ticket(number, size) for number, size in entered.items()]

        assert drawing.draw(seed, entries, 9) == drawing.draw(seed, entries[::-1], 9)
        assert drawing.read(drawing.written(entries)) == sorted(entries)

    def test_is_what_anybody_computes_with_a_hash_alone(self):
        entries = [Ticket(f"{number:04}", 1) for number in range(50)]

        drawn = drawing.draw("seed", entries, 10)

        lots = sorted(entries, key=lambda e: sha256(b"seed:" + e.number.encode()).hexdigest())
        assert drawn.placed == lots[:10]

    def test_gives_everybody_the_same_chance(self):
        entries = [Ticket(str(number), 1) for number in range(10)]
        won = dict.fromkeys((e.number for e in entries), 0)
        for seed in range(4000):
            for one in drawing.draw(str(seed), entries, 3).placed:
                won[one.number] += 1

        expected = 4000 * 3 / 10
        chi = sum((count - expected) ** 2 / (expected * 0.7) for count in won.values())
        assert chi < 27.9  # nine degrees of freedom, one in a thousand

    @pytest.mark.parametrize("text", ["a 1\na 2\n", "b 1\na 1\n", "a x\n", "a\n", "a 1"])
    def test_reads_no_list_that_was_tampered_with(self, text):
        with pytest.raises(ValueError, match=r"."):
            drawing.read(text)
