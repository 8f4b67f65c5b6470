"""The state follows from what was recorded; people sent are told so that nobody is meant."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from linli.funds.rules import projects as rule
from linli.funds.rules.sent import FEWEST, told

MARKS = [mark for mark, _state in rule.LADDER]
COUNTS = st.dictionaries(st.sampled_from(rule.ROLES), st.integers(0, 40))


def test_names_the_state_by_the_first_mark_of_the_ladder():
    found = {
        marks: rule.state_of(dict(zip(MARKS, marks, strict=True)))
        for marks in product((True, False), repeat=len(MARKS))
    }

    assert set(found.values()) == set(rule.STATES)
    assert {state for marks, state in found.items() if marks[0]} == {"stopped"}
    assert {state for marks, state in found.items() if marks[:2] == (False, True)} == {"done"}
    assert found[False, False, True, True] == found[False, False, True, False] == "delayed"
    assert found[False, False, False, True] == "running"
    assert found[False, False, False, False] == "planned"


def test_tells_roles_of_many_and_puts_few_together():
    assert told({"officials": 100, "teachers": 40, "health": 11, "others": 7}) == (
        158,
        {"officials": 100, "teachers": 40},
        18,
    )
    assert told({"officials": 30, "teachers": 12}) == (42, {"officials": 30, "teachers": 12}, 0)
    assert told({"officials": 9}) == (None, {}, 0)
    assert told({}) == (None, {}, 0)


@given(COUNTS)
def test_tells_nothing_from_which_few_are_found(counts):
    all_in_all, by_role, rest = told(counts)

    if all_in_all is None:
        assert sum(counts.values()) < FEWEST
        assert not by_role
        assert rest == 0
        return
    assert all_in_all == sum(counts.values()) == sum(by_role.values()) + rest
    assert all(n >= FEWEST for n in by_role.values())
    assert rest == 0 or rest >= FEWEST
    hidden = [role for role, n in counts.items() if n and role not in by_role]
    # Whoever subtracts what is told from the sum finds no count of a few.
    assert not hidden or sum(counts[role] for role in hidden) >= FEWEST
