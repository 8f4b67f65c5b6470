"""P13: nothing leaves but under a live leave that names receiver and fields, whatever happens in which order."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from hypothesis.stateful import run_state_machine_as_test as run

from linli.cases.actions import following, receiving, referring
from linli.cases.actions.asking import Contact
from linli.cases.models import Received, Referral
from linli.cases.tasks import exchange
from linli.kernel.limits import forget_all
from linli.kernel.refusals import Refused
from linli.kernel.uploads import Rebuilt
from tests.town import cases, cities
from tests.town.cases import HOUSING, LEGAL

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
CANARY = {"words": "金丝雀一", "wish": "金丝雀二", "place": "金丝雀三", "contact": "13811112222"}
MAY_READ = sorted(referring.MAY_READ)
UNITS = (LEGAL, HOUSING)


class Consent(RuleBasedStateMachine):
    """One person, two units of another city, and every order of leave, delivery, reading and time."""

    def __init__(self):
        super().__init__()
        forget_all()
        self.at, self.allowed, self.payloads = NOON, {}, []
        self.case = cases.asked(
            at=NOON, words=CANARY["words"], wish=CANARY["wish"], place=CANARY["place"],
            contact=Contact("sms", CANARY["contact"]), reply_language="ug",
            photos=(Rebuilt(b"jpeg", "image/jpeg", "jpg"),),
        )  # fmt: skip
        for unit in UNITS:
            cases.unit(unit)

    def live(self, code):
        fields, until, over = self.allowed[code]
        return fields if not over and self.at < until else set()

    @rule(unit=st.sampled_from(UNITS), fields=st.sets(st.sampled_from(MAY_READ), min_size=1), days=st.integers(1, 40))  # fmt: skip
    def refers(self, unit, fields, days):
        try:
            referral = cities.referred(at=self.at, case=self.case, unit=unit, fields=fields, days=days)  # fmt: skip
        except Refused as refused:
            assert refused.code in {"referred_already", "case_closed", "gone"}  # noqa: PT017 - other rules go on
            return
        self.allowed[referral.code] = (set(fields), referral.grant.expires_at, False)

    @initialize(fields=st.sets(st.sampled_from(MAY_READ), min_size=1))
    def begins(self, fields):
        self.refers(LEGAL, fields, 30)
        self.delivers()

    @rule()
    def delivers(self):
        with time_machine.travel(self.at, tick=False):
            exchange(self.at)

    @rule(data=st.data())
    @precondition(lambda self: self.allowed)
    def takes_back(self, data):
        code = data.draw(st.sampled_from(list(self.allowed)))
        referral = Referral.objects.get(code=code)
        following.revoke_grant(at=self.at, case=self.case, grant=referral.grant)
        fields, until, _over = self.allowed[code]
        self.allowed[code] = (fields, until, True)

    @rule(days=st.integers(0, 20))
    def waits(self, days):
        self.at += timedelta(days=days)

    @rule()
    @precondition(lambda self: len(self.allowed) > 2)
    def withdraws(self):
        try:
            following.withdraw(at=self.at, case=self.case)
        except Refused:
            return
        self.allowed = {code: (f, until, True) for code, (f, until, _) in self.allowed.items()}

    @rule(data=st.data())
    @precondition(lambda self: Received.objects.exists())
    def reads(self, data):
        received = data.draw(st.sampled_from(list(Received.objects.order_by("pk"))))
        live = self.live(received.their_code)
        with time_machine.travel(self.at, tick=False):
            try:
                told = cities.read(received, at=self.at)
            except Refused as refused:
                assert refused.code == "grant_over"  # noqa: PT017
                assert not live
                return
        keys = set(told.texts) | ({"photos"} if told.photos else set())
        assert keys == live
        assert live

    @rule(data=st.data(), unit=st.sampled_from(UNITS))
    @precondition(lambda self: self.allowed)
    def asks_past_the_pages(self, data, unit):
        """What the other city's program might send by itself."""
        code = data.draw(st.sampled_from(list(self.allowed)))
        referral = Referral.objects.get(code=code)
        once = f"nonce-{len(self.payloads)}"
        note = cities.asking_to_read(referral, at=self.at, unit=unit, once=once)
        with time_machine.travel(self.at, tick=False):
            answer = cities.hand_in("/exchange/reads", note)
        self.payloads.append(answer)
        fields = self.live(code) if unit == referral.unit_name else set()
        told = answer.json().get("fields", {})
        assert set(told) == fields, (answer.content, fields)
        hidden = [CANARY[name] for name in CANARY if name not in fields]
        assert not [one for one in hidden if one in str(answer.json())]

    @rule(data=st.data())
    @precondition(lambda self: Received.objects.exclude(state="over").exists())
    def answers(self, data):
        received = data.draw(
            st.sampled_from(list(Received.objects.exclude(state="over").order_by("pk")))
        )
        do = data.draw(st.sampled_from([receiving.accept, receiving.finish]))
        by = cases.officer(received.unit.name)
        with time_machine.travel(self.at, tick=False):
            try:
                do(by=by, at=self.at, received=received)
            except Refused as refused:
                assert refused.code in {"grant_over", "out_of_turn"}  # noqa: PT017
                return
        if do is receiving.finish:
            fields, until, _over = self.allowed[received.their_code]
            self.allowed[received.their_code] = (fields, until, True)

    @invariant()
    def keeps_no_word_over_there(self):
        rows = list(Received.objects.values_list("envelope", "fields", "unit__name"))
        assert not [word for word in CANARY.values() if word in str(rows)]


@pytest.mark.django_db
@pytest.mark.parametrize("leaky", [False, True])
def test_gives_never_more_than_the_leave_that_stands(monkeypatch, leaky):
    """With the check of the leave taken out, the same machine must find the leak."""
    from django.db import transaction

    class Rolled(Consent):
        def __init__(self):
            self.ground = transaction.atomic()
            self.ground.__enter__()
            super().__init__()

        def teardown(self):
            transaction.set_rollback(True)
            self.ground.__exit__(None, None, None)

    if leaky:
        monkeypatch.setattr(referring, "_stands", lambda referral, at: True)
    few = settings(
        max_examples=30, stateful_step_count=30, phases=[Phase.generate], deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False,
    )  # fmt: skip
    with cities.post_office(monkeypatch):
        if leaky:
            with pytest.raises(AssertionError):
                run(Rolled, settings=few)
        else:
            run(Rolled, settings=few)
