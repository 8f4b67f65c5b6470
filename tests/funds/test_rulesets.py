"""Rulesets of IATI: every kind of rule on the published cases, and on what these leave open."""

import json
from datetime import UTC, datetime

import pytest
from lxml import etree

from linli.funds.rules.rulesets import Known, judge, rules_of
from linli.funds.rules.rulings import KINDS
from linli.funds.schemas import iati_files
from linli.kernel.credit_codes import check_character, is_credit_code

KNOWN = Known(
    datetime(2026, 11, 21, 4, tzinfo=UTC),
    publishers=frozenset({"US-EIN-941655673", "44000"}),
    prefixes=frozenset({"GB-GOV", "XM-DAC"}),
)
RULES = "conformance/iati/2.03/rulesets"


def verdict(inside, kind, case, *, known=KNOWN, tag="iati-activity", mark=""):
    document = etree.fromstring(f"<all><{tag} {mark}>{inside}</{tag}></all>")
    return judge(document, rules_of({f"//{tag}": {kind: {"cases": [case]}}}), known)


def met(*args, **given):
    """True, False, or None when nothing was judged."""
    found = verdict(*args, **given)
    return None if not found.judged else not found.broken


def test_answers_every_published_case(shared):
    folder = shared / RULES
    rows = (folder / "meta_tests.tsv").read_text().splitlines()[1:]
    answers = {}
    for row in rows:
        ruleset, document, expected = row.split("\t")
        published = json.loads((folder / f"meta_tests/{ruleset}.json").read_text())
        tree = etree.parse(folder / f"meta_tests/{document}.xml").getroot()
        broken = judge(tree, rules_of(published), KNOWN).broken
        answers[ruleset, document] = (not broken, expected == "True")
    assert len(answers) == 83
    assert {case: pair for case, pair in answers.items() if pair[0] != pair[1]} == {}


def test_holds_the_standard_as_it_is_published(shared):
    published = json.loads((shared / RULES / "standard.json").read_text())
    ours = {(r.context, r.kind, r.code, r.severity) for r in iati_files._rules()}
    theirs = rules_of(published)
    assert ours == {(r.context, r.kind, r.code, r.severity) for r in theirs}
    assert [_told(r.case) for r in iati_files._rules()] == [_told(r.case) for r in theirs]
    assert len(theirs) == 107
    assert {r.kind for r in theirs} - {"loop"} <= {*KINDS}


def _told(case):
    """A case without its sentences."""
    if isinstance(case, dict):
        info = case.get("ruleInfo", {})
        rest = {k: _told(v) for k, v in case.items() if k != "ruleInfo"}
        return rest | ({"id": info["id"], "severity": info["severity"]} if info else {})
    return [_told(one) for one in case] if isinstance(case, list) else case


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-11-21", True), ("2026-11-22", False), ("2026-11-20Z", True), ("21.11.2026", None)],
)
def test_compares_days_and_passes_over_what_is_none(day, expected):
    order = {"less": "a/@d", "more": "NOW"}
    assert met(f'<a d="{day}"/>', "date_order", order) is expected
    assert met("", "date_now", {"date": "@d"}, mark=f'd="{day}"') is expected
    span = {"start": "a/@d", "date": "b/@d", "end": "c/@d"}
    between = f'<a d="2026-01-01"/><b d="{day}"/><c d="2026-11-21"/>'
    assert met(between, "between_dates", span) is expected


def test_takes_days_that_are_the_same_as_in_order():
    same = '<a d="2026-01-01"/><b d="2026-01-01"/>'
    assert met(same, "date_order", {"less": "a/@d", "more": "b/@d"}) is True


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2019-12-31", True), ("2020-01-01", True), ("2020-01-02", False)],
)
def test_allows_a_year_and_no_day_more(end, expected):
    case = {"start": "a/@d", "end": "b/@d"}
    assert met(f'<a d="2019-01-01"/><b d="{end}"/>', "time_limit", case) is expected


def test_allows_a_leap_year():
    case = {"start": "a/@d", "end": "b/@d"}
    assert met('<a d="2020-01-01"/><b d="2020-12-31"/>', "time_limit", case) is True
    assert met('<a d="2020-03-01"/><b d="2021-03-02"/>', "time_limit", case) is False


def test_goes_through_a_loop_once_for_each_value_without_reading_it_as_a_condition():
    sums = {
        "cases": [
            {"paths": ["s[@v = '$1']/@p"], "sum": 100, "condition": "count(s[@v = '$1']) > 1"}
        ]
    }
    case = {"foreach": "s/@v", "do": {"strict_sum": sums}, "subs": ["paths", "condition"]}
    halves = '<s v="it&apos;s" p="33.34"/><s v="it&apos;s" p="66.66"/>'
    assert met(halves, "loop", case) is True
    assert met(halves + '<s v="2" p="100"/><s v="2" p="1"/>', "loop", case) is False
    assert met('<s v="2" p="1"/>', "loop", case) is None


def test_sums_as_people_do():
    case = {"paths": ["s/@p"], "sum": 100}
    parts = "".join(f'<s p="{p}"/>' for p in ("33.3", "33.3", "33.4"))
    assert met(parts, "strict_sum", case) is True
    assert met("", "strict_sum", case) is None


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [("A-B-1", True), ("A-B1", False), ("OLD-1", True), ("C-1", False)],
)
def test_knows_the_prefixes_of_an_activity(identifier, expected):
    case = {"prefix": ["o/@ref", "old/@ref"], "separator": "-", "paths": ["i"]}
    inside = f'<o ref="A-B"/><old ref="OLD"/><i>{identifier}</i>'
    assert met(inside, "startswith", case) is expected


@pytest.mark.parametrize(
    ("ref", "expected"), [("GB-GOV-1", True), ("XX-1", False), ("44000", None)]
)
def test_knows_registers_and_those_who_publish_already(ref, expected):
    case = {"idCondition": "NOT_EXISTING_ORG_ID", "prefix": ["ORG-ID-PREFIX"], "paths": ["o/@ref"]}
    assert met(f'<o ref="{ref}"/>', "startswith", case) is expected


def test_forgives_marks_behind_the_identifier_of_somebody_who_publishes():
    case = {"idCondition": "NOT_EXISTING_ORG_ID_PREFIX", "regex": "^[^/&|?]+$", "paths": ["i"]}
    assert met("<i>US-EIN-941655673-1/23</i>", "regex_matches", case) is None
    assert met("<i>US-EIN-1/23</i>", "regex_matches", case) is False
    assert met("<i/>", "regex_matches", case) is None


def test_sees_a_space_at_either_end():
    case = {"paths": ["i", "@ref"]}
    assert met("<i>A-1</i>", "no_spaces", case) is True
    assert met("<i>A-1\n</i>", "no_spaces", case) is False
    assert met("<i>A-1</i>", "no_spaces", case, mark='ref=" A"') is False


def test_says_which_rule_is_broken_and_where():
    rules = rules_of(
        {"//iati-activity": {"unique": {"cases": [{
            "paths": ["o/@ref", "i"], "ruleInfo": {"id": "1.1.3", "severity": "error"}
        }]}}}
    )  # fmt: skip
    (broken,) = judge(
        etree.fromstring('<iati-activity><o ref="A"/><i>A</i></iati-activity>'), rules, KNOWN
    ).broken
    assert (broken.code, broken.severity, broken.kind) == ("1.1.3", "error", "unique")
    assert broken.paths == ("o/@ref", "i")


def test_knows_a_credit_code_by_its_last_character():
    body = "91330106673959654"
    assert is_credit_code(body + check_character(body))
    assert not is_credit_code("913301066739596540")
    assert not is_credit_code("91330106673959654p")
    assert not is_credit_code("9133010667395965")
    # One wrong character, anywhere, is noticed.
    whole = body + check_character(body)
    for place in range(18):
        other = "2" if whole[place] != "2" else "3"
        assert not is_credit_code(whole[:place] + other + whole[place + 1 :])
