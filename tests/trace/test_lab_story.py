"""An adulterated lot, by the rules alone: an invalid run, a run, a second run, the operator's answer, one sentence."""

from datetime import UTC, datetime, timedelta

from linli.trace.rules.laboratory.amendments import Version, faults, may_approve, standing
from linli.trace.rules.laboratory.confirming import Finding
from linli.trace.rules.laboratory.confirming import standing as together
from linli.trace.rules.laboratory.csv_tables import read_csv
from linli.trace.rules.laboratory.files import Words
from linli.trace.rules.laboratory.methods import (
    COPIES,
    EXTRACTION,
    INHIBITION,
    SAMPLE,
)
from linli.trace.rules.laboratory.publishing import Known, why_not
from linli.trace.rules.laboratory.results import DETECTED, INVALID, results
from linli.trace.rules.laboratory.runs import wrongs
from linli.trace.rules.laboratory.wording import Said, sentence
from tests.trace.laboratory import ANY, PIG, d, method

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WORDS = Words({"pig": PIG, "18S": ANY}, {"EB": EXTRACTION, "SPIKE": INHIBITION, "L-7": SAMPLE})


def _table(blank, cts):
    rows = [
        f"A1,pig,NTC,,{blank},",
        "A2,pig,NTC,,NaN,",
        "A3,pig,Unkn,EB,NaN,",
        "A4,pig,Pos Ctrl,P,25.1,amp",
        "A5,18S,Unkn,SPIKE,23.4,",
        *(f"B{n},pig,Unkn,L-7,{ct},amp" for n, ct in enumerate(cts, 1)),
        *(f"B{n},18S,Unkn,L-7,21.9,amp" for n, _ct in enumerate(cts, 1)),
    ]
    return "\n".join(["Well,Target,Content,Sample,Cq,Amp Status", *rows]).encode()


def _run(blank, cts):
    brought = read_csv(_table(blank, cts), WORDS)
    assert (brought.faults, wrongs(method(), brought.wells)) == ([], [])
    (found,) = results(method(), brought.wells)
    return found


def test_tells_of_an_adulterated_lot_only_when_everybody_was_heard():
    runs = [
        _run("36.2", ("29.8", "30.1")),
        _run("NaN", ("29.7", "29.9")),
        _run("NaN", ("30.2", "30")),
    ]
    assert [one.result for one in runs] == [INVALID, DETECTED, DETECTED]
    assert [one[:3] for one in runs[0].failed] == [("ntc", PIG, "A1")]

    said = []
    for number, one in enumerate(runs):
        said.append(Finding(f"r{number}", f"e{number}", "ours", one.result))
        now = together(said)
        assert now.needs == ["retest", "second_run", ""][number]
    assert (now.result, now.is_final) == (DETECTED, True)

    report = Version(1, 0, now.result, "", "anna", NOON)
    assert may_approve([report], "bao")
    assert not may_approve([report], "anna")
    report = report._replace(approved_by="bao", approved_at=NOON + DAY)
    assert faults([report]) == []
    assert standing([report], NOON + DAY) == report

    known = Known(
        report.result,
        now.is_final,
        approved=True,
        whole=True,
        told_at=NOON + DAY,
        reply_by=NOON + 15 * DAY,
        replied_at=NOON + 5 * DAY,
    )
    assert why_not(known, NOON + 4 * DAY) == ["operator_may_reply"]
    assert why_not(known, NOON + 5 * DAY) == []
    words = Said({"zh-hans": "猪"}, "SN/T 0000", d(5), COPIES)
    assert (
        sentence(known.result, words, "zh-hans")
        == "检出猪源性成分（SN/T 0000，检出限 5 拷贝/反应）。"
    )
