"""What the matrix sends: for each address data that is taken from whoever may send it."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from linli.facts.forms import LayoutForm
from linli.facts.queries.imports import dry_run
from linli.kernel.sheets import read_sheet
from tests.permissions import (
    sent_cases,
    sent_offers,
    world_access,
    world_asked,
    world_attested,
    world_batches,
    world_books,
    world_cells,
    world_check,
    world_console,
    world_courses,
    world_culture,
    world_delivery,
    world_draws,
    world_exhibitions,
    world_fairs,
    world_finding,
    world_gifts,
    world_impacts,
    world_inspections,
    world_instruments,
    world_laboratory,
    world_layers,
    world_lots,
    world_notices,
    world_operators,
    world_permits,
    world_polls,
    world_projects,
    world_recalls,
    world_releases,
    world_rounds,
    world_slots,
    world_texts,
    world_workbench,
    world_writing,
)
from tests.permissions import world as town
from tests.town import plans

EMPTY = {"-", "empty", "button"}
LATER = "2026-12-20"
_SAID = {"source": plans.LEAD, "words": "培训班签到表。"}


def _figure(status):
    return {"value": "12", "area": "620200", "period": "2021", "status": status} | _SAID


def _deed(deed, status="claimed"):
    return {"deed": deed, "value": "320", "status": status, "reason": "更正"} | _SAID


def _task(has):
    return {
        "title": "再办一期",
        "lead": has.other.code,
        "due_on": LATER,
        "target_sense": "at_least",
    }


def _edited(has):
    return _task(has) | {"title": "改过的任务"}


def _programme(has):
    days = {"starts_on": "2026-01-01", "ends_on": "2027-12-31"}
    return {"title": "新方案", "area": has.area.code} | days


def _document(has):
    return {"title": "新文件", "number": "嘉发9号", "area": has.area.code, "status": "in_force"}


def _unit(has):
    return {"name": "嘉峪关市新局", "kind": "department", "area": has.area.code}


def _checked(has):
    sheet = read_sheet(town.FIGURES.encode())
    form = LayoutForm(None, columns=sheet.columns)
    assert form.is_valid()
    return {"checksum": dry_run(sheet, form.layout()).checksum}


def _letter(has):
    return {
        "letter-unit": has.lead.code, "letter-kind": "remind", "letter-due_on": LATER,
        "letter-words": "请于期限前报送进展。",
    }  # fmt: skip


def _move(has):
    return {"move-due_on": "2027-03-31", "move-target": "600", "move-reason": "场地未定。"}


def _file(name, text):
    return SimpleUploadedFile(name, text.encode())


def _review(progress, verdict):
    return {"review-progress": progress.pk, "review-reason": "请补充。", "verdict": verdict}


def _decision(move, answer):
    return {"decision-move": move.pk, "decision-words": "好。", "answer": answer}


SENT = {
    ("portal:review_decide", "one item"): lambda has: {"one": "reject:m6"},
    ("portal:review_decide", "item out of scope"): lambda has: {"one": "accept:m5"},
    ("portal:review_take", "valid"): lambda has: {
        "title": "2026年打算", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
    },
    ("portal:review_correct", "valid"): lambda has: {
        "title": "改过的任务", "kind": "task", "lead": has.lead.code, "due_on": LATER, "sense": "at_least",
    },
    ("portal:review_merge", "valid"): lambda has: {"into": has.open.code},
    ("ui:preferences", "choice"): lambda has: {"next": "/reports/", "size": "large"},
    ("directory:unit_new", "valid"): _unit,
    ("directory:unit_amend", "valid"): _unit,
    ("facts:define", "valid"): lambda has: {
        "name": "课程期数", "code": "course.held", "unit": "期", "kind": "count",
        "definition": "一年内办完的课程。", "computed_by": plans.LEAD, "public": "on",
    },
    ("facts:console_indicator", "claim of the unit"): lambda has: _figure("claimed"),
    ("facts:console_indicator", "claim with a file"): lambda has: (
        _figure("claimed") | {"file": _file("figures.txt", "签到")}
    ),
    ("facts:console_indicator", "proof of the unit"): lambda has: _figure("evidenced"),
    ("facts:console_fact", "correction"): lambda has: _deed("correct"),
    ("facts:console_fact", "withdrawal"): lambda has: _deed("withdraw"),
    ("facts:console_fact", "raise"): lambda has: _deed("raise", "evidenced"),
    ("facts:bring", "file"): lambda has: {"file": _file("figures.csv", town.FIGURES)},
    ("facts:import", "valid"): _checked,
    ("facts:import", "with errors"): _checked,
    ("plans:ledger_edit", "valid"): lambda has: {"title": "改过的任务", "lead": has.lead.code},
    ("plans:ledger_assign", "valid"): lambda has: {
        "task": [has.open.code], "unit": has.other.code, "sure": has.other.code,
    },
    ("plans:breakdown", "file"): lambda has: {
        "programme": has.kept_programme.code, "file": _file("table.csv", town.TABLE),
    },
    ("plans:breakdown_rows", "nonsense"): lambda has: {"task": "99", "year": "1"},
    ("plans:breakdown_rows", "valid"): lambda has: {
        "lead": "0", "measure": "1", "task": "2", "due": "3", "otherwise": "其他", "year": "2026",
    },
    ("plans:new_programme", "valid"): _programme,
    ("plans:edit_programme", "valid"): _programme,
    ("plans:add_measure", "valid"): lambda has: {"title": "新措施"},
    ("plans:new_task", "valid"): _task,
    ("plans:edit_task", "valid"): _edited,
    ("plans:report", "valid"): lambda has: {"report-words": "已开班。"},
    ("plans:report", "with a file"): lambda has: {
        "report-words": "已完成。", "report-says_done": "on", "report-file": _file("a.txt", "签到"),
    },
    ("plans:review", "accepts"): lambda has: _review(has.reported, "accepted"),
    ("plans:review", "sends back"): lambda has: _review(has.reported, "sent_back"),
    ("plans:review", "sends the shared back"): lambda has: _review(has.shared_reported, "sent_back"),
    ("plans:review", "another's report"): lambda has: _review(has.shared_reported, "accepted"),
    ("plans:ask_move", "valid"): _move,
    ("plans:decide_move", "approves"): lambda has: _decision(has.move, "approve"),
    ("plans:decide_move", "refuses"): lambda has: _decision(has.move, "refuse"),
    ("plans:decide_move", "approves the shared"): lambda has: _decision(has.shared_move, "approve"),
    ("plans:decide_move", "another's move"): lambda has: _decision(has.shared_move, "approve"),
    ("plans:drop_task", "valid"): lambda has: {"drop-reason": "不再需要。"},
    ("plans:add_milestone", "valid"): lambda has: {
        "milestone-title": "开班", "milestone-due_on": LATER,
    },
    ("plans:reach_milestone", "valid"): lambda has: {
        f"reached-{step.pk}-reached_on": "2026-11-20" for step in (has.step, has.shared_step)
    },
    ("plans:send_notice", "valid"): _letter,
    ("plans:new_document", "valid"): _document,
    ("plans:replace_document", "valid"): _document,
    ("plans:new_body", "valid"): lambda has: {
        "name": "新小组", "kind": "leading_group", "area": has.area.code, "chair": plans.LEAD,
    },
    ("plans:seat_units", "nonsense"): lambda has: {"units": "没有这个局"},
    ("plans:seat_units", "valid"): lambda has: {"units": plans.OTHER, "chair": plans.LEAD},
    ("plans:call_meeting", "valid"): lambda has: {
        "title": "第三次会议", "starts_at": f"{town.NOW + timedelta(days=9):%Y-%m-%dT%H:%M}",
    },
    ("plans:note_attendance", "valid"): lambda has: {f"came-{has.lead.code}": "yes"},
    ("plans:add_point", "valid"): lambda has: {"point-title": "又一项"},
    ("plans:place_point", "valid"): lambda has: {"position": "1"},
    ("plans:write_minutes", "valid"): lambda has: {"minutes": town.MINUTES},
    ("plans:write_minutes", "approval"): lambda has: {"minutes": town.MINUTES, "approve": "1"},
    ("plans:decide", "valid"): lambda has: {
        "item": has.point_held.pk, "title": "办两期培训班", "programme": has.kept_programme.code,
        "measure": "会议决定", "lead": has.lead.code, "due_on": LATER,
    },
    ("reports:receive", "text"): lambda has: {"text": "邻里区2020年工作总结\n举办培训班3期。\n"},
    ("reports:receive", "unreadable"): lambda has: {"file": _file("scan.zip", "PK\x03\x04")},
    ("account_login", "wrong password"): lambda has: {"login": "planner", "password": "x"},
    ("account_login", "valid"): lambda has: {"login": "planner", "password": town.PASSWORD},
} | sent_cases.SENT | world_culture.SENT | world_delivery.SENT | sent_offers.SENT | world_courses.SENT | world_console.SENT | world_slots.SENT | world_fairs.SENT | world_books.SENT | world_batches.SENT | world_gifts.SENT | world_finding.SENT | world_projects.SENT | world_attested.SENT | world_rounds.SENT | world_instruments.SENT | world_polls.SENT | world_impacts.SENT | world_inspections.SENT | world_draws.SENT | world_notices.SENT | world_operators.SENT | world_permits.SENT | world_lots.SENT | world_laboratory.SENT | world_recalls.SENT | world_cells.SENT | world_check.SENT | world_exhibitions.SENT | world_writing.SENT | world_layers.SENT | world_releases.SENT | world_access.SENT | world_asked.SENT | world_workbench.SENT | world_texts.SENT  # fmt: skip
