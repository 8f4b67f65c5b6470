"""Whom a service is for, as rows that read like sentences: what must hold, why, and what would help.

A row that is joined with "or" stands beside the one above: one of them is enough.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.forms.units import area_codes
from linli.directory.forms.wordings import Wordings, choose
from linli.directory.rules.eligibility_grammar import LONGEST

_JOINS = (("and", _("must hold")), ("or", _("or, instead of the one above")))


class RuleRow(forms.Form):
    """One condition."""

    join = forms.ChoiceField(label=_("Joined"), choices=_JOINS, initial="and")
    what = forms.ChoiceField(label=_("Condition"), required=False)
    text = forms.CharField(label=_("Which paper, which places"), max_length=LONGEST, required=False)
    low = forms.IntegerField(label=_("From"), min_value=0, required=False)
    high = forms.IntegerField(label=_("Below"), min_value=0, required=False)
    reason = forms.CharField(label=_("Why it is asked"), max_length=LONGEST, required=False)
    help = forms.CharField(label=_("What helps otherwise"), max_length=LONGEST, required=False)

    def __init__(self, *given: Any, words: Wordings, **named: Any) -> None:
        super().__init__(*given, **named)
        choose(self.fields["what"], _whats(words))

    def clean(self) -> dict[str, Any]:
        """Refuse a condition that says too little."""
        cleaned = super().clean() or {}
        what, text = cleaned.get("what", ""), cleaned.get("text", "").strip()
        if not what:
            return cleaned
        if cleaned.get("join") == "and" and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why it is asked: people read it."))
        if what in {"lives_in", "holds"} and not text:
            self.add_error("text", _("Say which."))
        elif what == "lives_in":
            cleaned["areas"] = self._areas(text)
        low, high = cleaned.get("low"), cleaned.get("high")
        numbers = what == "age" or what.startswith("amount:")
        if numbers and low is None and high is None:
            self.add_error("low", _("Give one of both numbers."))
        elif numbers and low is not None and high is not None and low >= high:
            self.add_error("high", _("This number is to be larger than the first."))
        return cleaned

    def _areas(self, text: str) -> list[str]:
        try:
            return area_codes(text)
        except forms.ValidationError as error:
            self.add_error("text", error)
            return []


def _whats(words: Wordings) -> list[tuple[Any, Any]]:
    situations = [(f"situation:{code}", said) for code, said in words.situations.items()]
    amounts = [(f"amount:{code}", said) for code, said in words.amounts.items()]
    return [
        ("", _("Nothing")),
        ("age", _("Age, in years")),
        ("lives_in", _("Lives in one of these places")),
        ("holds", _("Has this paper")),
        (_("Is in this situation"), situations),
        (_("This many"), amounts),
    ]


def rules_of(rows: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Return the rules that rows say; a row joined with "or" goes into the rule above it."""
    groups: list[list[Mapping[str, Any]]] = []
    for row in rows:
        if not row.get("what"):
            continue
        if row["join"] == "or" and groups:
            groups[-1].append(row)
        else:
            groups.append([row])
    return tuple(_rule(group) for group in groups)


def rows_of(rules: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows that say these rules."""
    rows = []
    for rule in rules:
        parts = rule["of"] if rule["kind"] == "any" else [rule]
        for number, part in enumerate(parts):
            row = {"join": "or" if number else "and", **_row(part)}
            if not number:
                row |= {"reason": rule["reason"], "help": rule.get("help", "")}
            rows.append(row)
    return rows


def _rule(group: list[Mapping[str, Any]]) -> dict[str, Any]:
    parts = [_condition(row) for row in group]
    rule = parts[0] if len(parts) == 1 else {"kind": "any", "of": parts}
    return rule | {"reason": group[0]["reason"].strip(), "help": group[0]["help"].strip()}


def _condition(row: Mapping[str, Any]) -> dict[str, Any]:
    kind, _colon, about = row["what"].partition(":")
    if kind == "holds":
        return {"kind": kind, "document": row["text"].strip()}
    if kind == "lives_in":
        return {"kind": kind, "areas": row.get("areas", [])}
    if kind == "situation":
        return {"kind": kind, "of": about}
    numbers = {"from": row["low"], "until": row["high"]}
    said = {name: number for name, number in numbers.items() if number is not None}
    return {"kind": kind} | ({"of": about} if about else {}) | said


def _row(part: Mapping[str, Any]) -> dict[str, Any]:
    kind = part["kind"]
    if kind in {"situation", "amount"}:
        kind = f"{kind}:{part['of']}"
    text = part.get("document", "") or "、".join(part.get("areas", []))
    return {"what": kind, "text": text, "low": part.get("from"), "high": part.get("until")}
