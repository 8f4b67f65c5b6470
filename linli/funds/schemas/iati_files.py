"""IATI's two files, written a piece at a time and held against the ruleset before anybody sees them.

An activity that breaks a rule of the standard is left out, and said so; warnings are listed, not hidden.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from importlib import resources
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final, NamedTuple

import structlog
from django.conf import settings
from django.utils.translation import override
from lxml import etree

from linli.funds.rules.rulesets import ERROR, Broken, Known, Rule, judge, rules_of
from linli.funds.schemas import iati_parts as xml
from linli.funds.schemas.iati_activities import activities
from linli.funds.schemas.iati_frame import Activity, Reporter
from linli.funds.schemas.iati_organisation import organisation
from linli.kernel.credit_codes import is_credit_code
from linli.kernel.exporting import Nothing
from linli.kernel.sheets import write_csv

ACTIVITIES, ORGANISATION, FINDINGS = "activities.xml", "organisation.xml", "findings.csv"
KEPT: Final = "iati"  # the folder of the files that are served
_REGISTER: Final = "CN-USCI"  # unified social credit codes, as org-id.guide names their register
_COLUMNS: Final = ("file", "about", "rule", "severity", "kind", "paths")
_AT_ONCE: Final = 500  # transactions that stand in memory together
_log = structlog.stdlib.get_logger("linli.funds")


class Finding(NamedTuple):
    """One rule that is broken, by which activity or organisation."""

    about: str
    broken: Broken


class Written(NamedTuple):
    """One file as it was written, and all that is to be said against it."""

    path: Path
    findings: list[Finding]
    told: int


def write_all(folder: Path, at: datetime) -> list[Path]:
    """Write both files, and beside them what is to be said against them. Raises Nothing when nothing is published."""
    files = [
        write_activities(folder / ACTIVITIES, at),
        write_organisation(folder / ORGANISATION, at),
    ]
    rows = [
        (one.path.name, found.about, found.broken.code, found.broken.severity, found.broken.kind,
         " | ".join(found.broken.paths))
        for one in files for found in one.findings
    ]  # fmt: skip
    for row in rows:
        _log.warning("iati_finding", code=row[2], kind=row[3])
    told = folder / FINDINGS
    told.write_text(write_csv(_COLUMNS, rows), encoding="utf-8")
    return [*(one.path for one in files), told]


def renew(at: datetime) -> int:
    """Write the files that are served, and take their place in one step; return how many there are.

    What was published and is no more is gone with the next files.
    """
    folder = settings.HOME / KEPT
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=folder) as beside:
        try:
            written = write_all(Path(beside), at)
        except Nothing:
            _log.info("iati_nothing")
            written = []
        for name in (ACTIVITIES, ORGANISATION, FINDINGS):
            if (made := Path(beside) / name) in written:
                made.replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
    return len(written)


def reporter(at: datetime) -> Reporter:
    """Return who publishes. Raises Nothing when the setting does not say."""
    code, _space, name = settings.REPORTING_ORG.strip().partition(" ")
    if not (is_credit_code(code) and name.strip()):
        raise Nothing("LINLI_REPORTING_ORG must give a unified social credit code and a name.")
    return Reporter(xml.Body(name.strip(), xml.LOCAL, f"{_REGISTER}-{code}"), at)


def write_activities(path: Path, at: datetime) -> Written:
    """Write all published funds and projects. Raises Nothing when there are none."""
    by = reporter(at)
    findings, written = list[Finding](), 0
    with override(settings.LANGUAGE_CODE), path.open("wb") as out:
        root = xml.root_of("iati-activities", at)
        out.write(_opening(root))
        for one in activities(by):
            begins = out.tell()
            found = _written(out, one, at)
            findings.extend(Finding(one.identifier, broken) for broken in found)
            if any(broken.severity == ERROR for broken in found):
                out.seek(begins)
                out.truncate()
            else:
                written += 1
        out.write(_closing(root))
    return _kept(Written(path, findings, written))


def write_organisation(path: Path, at: datetime) -> Written:
    """Write the organisation that publishes. Raises Nothing when nothing is published."""
    by = reporter(at)
    root = xml.root_of("iati-organisations", at)
    root.append(organisation(by))
    broken = list(dict.fromkeys(judge(root, _rules(), _known(at)).broken))
    wrong = any(one.severity == ERROR for one in broken)
    path.write_bytes(_opening(root) + _line(root[0]) + _closing(root))
    return _kept(Written(path, [Finding(by.body.ref, one) for one in broken], int(not wrong)))


def _kept(written: Written) -> Written:
    """Return what was written; take a file away that says nothing."""
    if not written.told:
        written.path.unlink()
        raise Nothing(_complaint(written.findings) or "No fund or project is published yet.")
    return written


def _complaint(findings: Iterable[Finding]) -> str:
    return " ".join(f"{one.about}: {one.broken.code} {one.broken.kind}." for one in findings)


def _written(out: BinaryIO, activity: Activity, at: datetime) -> list[Broken]:
    """Write an activity, some transactions at a time, each time judged with all that stands around them."""
    root = xml.root_of("iati-activities", at)
    whole = xml.element("iati-activity", *activity.head, *activity.tail, **activity.marks)
    root.append(whole)
    out.write(_opening(whole))
    out.writelines(_line(one) for one in activity.head)
    broken: dict[Broken, None] = {}
    for some in _batches(activity.transactions):
        whole[len(activity.head) : len(activity.head)] = some
        broken.update(dict.fromkeys(judge(root, _rules(), _known(at)).broken))
        out.writelines(_line(one) for one in some)
        for one in some:
            whole.remove(one)
    out.writelines(_line(one) for one in activity.tail)
    out.write(_closing(whole))
    return list(broken)


def _batches(transactions: Iterator[xml.Element]) -> Iterator[list[xml.Element]]:
    """Yield transactions some at a time; an activity without any is one empty batch."""
    first = list(islice(transactions, _AT_ONCE))
    rest = iter(lambda: list(islice(transactions, _AT_ONCE)), [])
    return chain([first], rest)


def _opening(one: xml.Element) -> bytes:
    alone = etree.Element(one.tag, one.attrib)
    tag = etree.tostring(alone, encoding="unicode").replace("/>", ">")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' if one.getparent() is None else ""
    return f"{head}{tag}\n".encode()


def _line(one: xml.Element) -> bytes:
    line: bytes = etree.tostring(one, encoding="utf-8", with_tail=False) + b"\n"
    return line


def _closing(one: xml.Element) -> bytes:
    return f"</{one.tag}>\n".encode()


@cache
def _rules() -> tuple[Rule, ...]:
    published = resources.files(__package__).joinpath("iati_rules.json").read_text("utf-8")
    return tuple(rules_of(json.loads(published)))


def _known(at: datetime) -> Known:
    return Known(at, prefixes=frozenset({_REGISTER}))
