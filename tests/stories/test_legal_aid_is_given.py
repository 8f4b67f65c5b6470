"""The promise 法律援助、就业、就医、就学、养老、心理疏导: somebody asks for help in two lines, the window passes it on under a leave, the aid
office answers and gives an appointment. (In the browser: test_one_case.py, test_queue.py, test_calendar.py.)
"""

import pytest

from linli.cases.models import Case, HandOver
from linli.kernel.models import Look
from tests.town import cases
from tests.town.told import asks, desk, follows, press, read

pytestmark = pytest.mark.django_db
WORDS = "房东三个月不退押金，该怎么办？"


def test_help_is_asked_passed_on_answered_and_closed_by_who_asked(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    cases.other()
    cases.topic("legal", unit=cases.LEGAL, name="法律援助", kind="legal_aid", sensitive=True)
    assert read(client, "/legal-aid/")

    # Asked without an account, at the wrong unit, with leave to pass it on.
    code, passphrase = asks(WORDS, answer={"pass_on": "on", "channel": "none"})
    case = Case.objects.get()
    assert case.unit.name == cases.TRIAGE
    window = desk(cases.officer(cases.TRIAGE))
    assert WORDS not in read(window, "/console/cases/")

    # The window opens it, which is a look, and hands it to legal aid; that accepts.
    at_desk = f"/console/cases/{case.code}/"
    press(window, at_desk, "/take/")
    assert WORDS in read(window, at_desk)
    press(
        window, at_desk, "/hand-on/", hand__unit=cases.unit(cases.LEGAL).code,
        hand__kind="competence", hand__words="涉及押金纠纷。", hand__fields_read=["words"],
    )  # fmt: skip
    aid = desk(cases.officer(cases.LEGAL))
    hand_over = HandOver.objects.get()
    press(aid, at_desk, f"/console/hand-overs/{hand_over.code}/accept/")
    press(aid, at_desk, "/reply/", reply__words="周二上午来3号窗口，带上合同。")

    # The person reads the answer and who looked, closes the case, and says how it was; nobody can tie that to them.
    person, page = follows(code, passphrase)
    shown = read(person, page)
    assert "带上合同" in shown
    assert (cases.TRIAGE in shown, cases.LEGAL in shown) == (True, True)
    assert {look.by_unit for look in Look.objects.all()} >= {cases.TRIAGE, cases.LEGAL}
    press(person, f"{page}close/")
    case.refresh_from_db()
    assert (case.state, case.unit.name) == ("closed", cases.LEGAL)
    assert WORDS not in read(desk(cases.supervisor()), "/console/cases/overview/")
