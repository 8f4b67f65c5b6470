"""The table of noise: bounded, of the variance set, right on average, and nobody's without the secret."""

import pytest

from linli.atlas.rules.gate import noise
from linli.atlas.rules.gate.deciding import ProductRules

RULES = ProductRules()


@pytest.mark.parametrize("residue", range(5))
@pytest.mark.parametrize("variance", [1.5, 2.0, 3.0])
def test_noise_is_bounded_and_of_the_variance_set(residue, variance):
    chances = noise.chances(residue, ProductRules(variance=variance))
    assert list(chances) == [-3, -2, -1, 0, 1, 2, 3]
    assert sum(chances.values()) == 1
    assert sum(e * chance for e, chance in chances.items()) == 0
    assert sum(e * e * chance for e, chance in chances.items()) == pytest.approx(variance, abs=0.01)
    assert min(chances.values()) >= 0


@pytest.mark.parametrize("count", range(100, 105))
def test_what_is_published_is_right_on_average(count):
    said = [noise.published(count, key, RULES) for key in range(noise.KEYS)]
    assert sum(said) / noise.KEYS == pytest.approx(count, abs=0.01)
    assert {value % 5 for value in said} == {0}
    for value in set(said):
        low, high = noise.window(value, RULES)
        assert low <= count <= high
        assert high - low == 10


def test_rounding_alone_leans_and_is_the_same_for_every_key():
    """The control: without noise 101 is always 100."""
    rounded = ProductRules(noise=0)
    assert {noise.published(101, key, rounded) for key in range(noise.KEYS)} == {100}
    assert noise.window(100, rounded) == (98, 102)
    assert noise.window(100, ProductRules(noise=0, rounding=10)) == (95, 104)
    assert noise.window(100, ProductRules(noise=0, rounding=1)) == (100, 100)


def test_a_window_never_reaches_below_what_would_be_published_at_all():
    assert noise.window(10, RULES) == (10, 15)


def test_the_same_people_have_the_same_key_in_any_order_and_one_more_changes_it():
    secret = b"s" * 32
    keys = [noise.record_key(secret, str(n).encode()) for n in range(50)]
    assert noise.cell_key(keys) == noise.cell_key(reversed(keys))
    assert noise.cell_key(keys) != noise.cell_key(keys[1:])
    assert all(0 <= key < 4096 for key in keys)
    assert noise.record_key(b"t" * 32, b"0") != keys[0]
    with pytest.raises(ValueError, match="32 bytes"):
        noise.record_key(b"short", b"0")


@pytest.mark.parametrize(
    "bad", [{"threshold": 0}, {"rounding": 0}, {"noise": -1}, {"variance": 0}, {"variance": 9.0}]
)
def test_rules_that_protect_nobody_are_no_rules(bad):
    with pytest.raises(ValueError, match=r"threshold|variance"):
        ProductRules(**bad)
