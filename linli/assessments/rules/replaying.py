"""Whether an old score comes out again to the bit, from the sheets and the edition that it names. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from linli.assessments.rules.instruments import canonical
from linli.assessments.rules.verdicts import RULEBOOK, Judge, Terms, Told

RECORD, RULES, TERMS, SHEET, RESULT, COLUMNS = (
    "record", "rules", "terms", "sheet", "result", "columns",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """One score as it is kept: the columns that pages read, and the record with its digest."""

    candidate: str
    rules: int
    share: int
    level: str
    record: str
    digest: str


class Replay:
    """A round's terms and sheets as they are today, made ready to compute its scores again.

    The digests in `terms` and `sheets` are those of what is there today, not those that stand beside it.
    """

    def __init__(self, terms: Terms, sheets: Mapping[tuple[str, int], Told]) -> None:
        self._terms, self._sheets = terms, sheets
        self._judges: dict[int, Judge] = {}

    def difference(self, kept: Kept) -> str:
        """Return what differs first, "" where the score comes out again to the bit."""
        if sha256(kept.record.encode()).hexdigest() != kept.digest:
            return RECORD
        record = json.loads(kept.record)
        if record["rules"] not in RULEBOOK:
            return RULES
        inputs = record["inputs"]
        terms = self._terms
        if (inputs["edition"], inputs["weights"]) != (terms.edition, dict(terms.weights)):
            return TERMS
        named = [self._sheets.get((one["task"], one["number"])) for one in inputs["sheets"]]
        sheets = [one for one in named if one is not None]
        if [one.digest for one in sheets] != [one["digest"] for one in inputs["sheets"]]:
            return SHEET
        judge = self._judge(record["rules"])
        again = judge.record(kept.candidate, judge.heard(sheets, inputs["poll"]))
        if canonical(again) != kept.record.encode():
            return RESULT
        result = again["result"]
        told = (kept.rules, kept.share, kept.level)
        return "" if told == (again["rules"], result["share"], result["level"]) else COLUMNS

    def _judge(self, rules: int) -> Judge:
        if rules not in self._judges:
            self._judges[rules] = RULEBOOK[rules](self._terms)
        return self._judges[rules]
