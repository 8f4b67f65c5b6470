"""An adverse result waits for a second run, a second person and the operator; and no sentence says more than it may."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trace.rules.laboratory.methods import COPIES, LOD_UNITS, SHARE
from linli.trace.rules.laboratory.publishing import WHYS, Known, may_be_public, why_not
from linli.trace.rules.laboratory.results import (
    DETECTED,
    INCONCLUSIVE,
    INVALID,
    NOT_DETECTED,
    RESULTS,
)
from linli.trace.rules.laboratory.wording import LANGUAGES, Said, sentence
from tests.trace.laboratory import d

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def _known(result=DETECTED, **changes):
    usual = {
        "is_final": True,
        "approved": True,
        "whole": True,
        "told_at": NOON,
        "reply_by": NOON + 10 * DAY,
    }
    return Known(result, **usual | changes)


def test_publishes_an_adverse_result_after_the_reply():
    replied = _known(replied_at=NOON + 3 * DAY)
    assert why_not(replied, NOON + 2 * DAY) == ["operator_may_reply"]
    assert why_not(replied, NOON + 3 * DAY) == []


def test_publishes_an_adverse_result_after_the_deadline():
    silent = _known()
    assert why_not(silent, NOON + 10 * DAY - timedelta(seconds=1)) == ["operator_may_reply"]
    assert may_be_public(silent, NOON + 10 * DAY)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"is_final": False}, ["not_final"]),
        ({"approved": False}, ["not_approved"]),
        ({"whole": False}, ["custody_broken"]),
        ({"counter_pending": True}, ["counter_sample_pending"]),
        ({"counter_pending": True, "counter_by": NOON + 30 * DAY}, ["counter_sample_pending"]),
        ({"told_at": None}, ["not_told"]),
        ({"told_at": NOON + 30 * DAY}, ["not_told"]),
        ({"reply_by": None}, ["operator_may_reply"]),
        ({"reply_by": NOON}, ["operator_may_reply"]),  # no time to answer is no deadline
        ({"reply_by": NOON - DAY}, ["operator_may_reply"]),
    ],
)
def test_keeps_an_adverse_result_back_and_says_why(changes, why):
    late = NOON + 20 * DAY
    assert why_not(_known(**changes), late) == why
    assert may_be_public(_known(), late)


def test_publishes_not_detected_without_asking_the_operator():
    assert may_be_public(_known(NOT_DETECTED, told_at=None, reply_by=None), NOON)
    assert why_not(_known(NOT_DETECTED, approved=False), NOON) == ["not_approved"]


@pytest.mark.parametrize("result", [INCONCLUSIVE, INVALID])
def test_never_publishes_what_is_no_result(result):
    assert why_not(_known(result, replied_at=NOON), NOON + 99 * DAY) == ["no_result"]


_moments = st.none() | st.integers(-20, 40).map(lambda days: NOON + days * DAY)


@given(
    st.sampled_from(RESULTS),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    _moments,
    _moments,
    _moments,
)
def test_publishes_nothing_adverse_before_its_time(result, final, approved, whole, told, by, reply):
    known = Known(result, final, approved, whole, told_at=told, reply_by=by, replied_at=reply)
    at = NOON + 10 * DAY
    why = why_not(known, at)
    assert why == sorted(why, key=WHYS.index)
    if not why and result == DETECTED:
        assert final
        assert approved
        assert whole
        assert told <= at
        assert (reply is not None and reply <= at) or by <= at


_PORK = Said({"zh-hans": "猪", "zh-hant": "豬", "en": "pig"}, "GB/T 38164—2019", d("5.0"), COPIES)


@pytest.mark.parametrize(
    ("result", "language", "said"),
    [
        (NOT_DETECTED, "zh-hans", "未检出猪源性成分（GB/T 38164—2019，检出限 5 拷贝/反应）。"),
        (NOT_DETECTED, "zh-hant", "未檢出豬源性成分（GB/T 38164—2019，檢出限 5 拷貝/反應）。"),
        (NOT_DETECTED, "en",
         "DNA of pig was not detected (GB/T 38164—2019, limit of detection 5 copies per reaction)."),
        (DETECTED, "zh-hans", "检出猪源性成分（GB/T 38164—2019，检出限 5 拷贝/反应）。"),
        (INCONCLUSIVE, "zh-hans", "猪源性成分未能判定（GB/T 38164—2019），须重新检测。"),
        (INVALID, "zh-hans", "检测无效（GB/T 38164—2019），没有结果，须重新检测。"),
    ],
)  # fmt: skip
def test_words_a_result(result, language, said):
    assert sentence(result, _PORK, language) == said


def test_words_a_ratio_of_copies_as_such():
    measured = _PORK._replace(measured=(d("1.23E+1"), d("1.2")), lod=d("0.10"), lod_unit=SHARE)
    assert sentence(DETECTED, measured, "zh-hans") == (
        "检出猪源性成分（GB/T 38164—2019，检出限 0.1%）。"
        "DNA拷贝数比为 12.3% ± 1.2%（扩展不确定度，k = 2），不代表质量比。"
    )
    assert sentence(DETECTED, measured, "en").endswith("It is no share by mass.")
    assert "±" not in sentence(NOT_DETECTED, measured, "zh-hans")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize("unit", LOD_UNITS)
def test_never_says_that_food_is_halal(result, language, unit):
    measured = _PORK._replace(measured=(d(3), d(1)), lod_unit=unit)
    said = sentence(result, measured, language).lower()
    assert not any(
        word in said for word in ("halal", "清真", "safe", "安全", "合格", "pure", "阴性")
    )
    assert (
        said.startswith(("dna", "the test was invalid", "it could not"))
        or "源性成分" in said
        or (result == INVALID)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_never_says_that_nothing_was_found_where_nothing_was_decided(language):
    for result in (INCONCLUSIVE, INVALID):
        said = sentence(result, _PORK, language)
        assert not any(
            word in said for word in ("未检出", "未檢出", "not detected", "检出猪", "was detected")
        )


def test_knows_no_other_result():
    with pytest.raises(KeyError):
        sentence("halal", _PORK, "en")
