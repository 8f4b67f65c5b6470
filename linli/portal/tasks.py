"""What is done by the calendar where two engines meet."""

from datetime import timedelta

from linli.flows.answers_to_guides import measure_guides
from linli.flows.awards_to_claims import count_awards
from linli.flows.bounces_to_meeting import put_on_agenda
from linli.flows.cause_to_measure import tell_of_tasks
from linli.flows.commitment_to_offer import count_delivered
from linli.flows.corrections_to_record import note_corrections
from linli.flows.counts_to_claims import prove_claims
from linli.flows.impact_to_tasks import plan_mitigations
from linli.flows.inspected_to_premises import tell_all_inspections, tell_new_inspections
from linli.flows.ledger_to_claims import count_money
from linli.flows.slots_to_windows import tell_windows
from linli.kernel.ticks import Tick
from linli.portal.workbench.telling import tell_news

TICKS = (
    Tick("joint meeting", timedelta(hours=1), put_on_agenda),
    Tick("news of causes", timedelta(minutes=5), tell_of_tasks),
    Tick("what decisions promised", timedelta(minutes=10), plan_mitigations),
    Tick("corrections", timedelta(minutes=10), note_corrections),
    Tick("measured guides", timedelta(days=1), measure_guides),
    Tick("claims proven", timedelta(hours=1), prove_claims),
    Tick("money counted", timedelta(minutes=10), count_money),
    Tick("offers of promises counted", timedelta(minutes=10), count_delivered),
    Tick("awards counted", timedelta(hours=1), count_awards),
    Tick("inspections of premises", timedelta(minutes=10), tell_new_inspections),
    Tick("all inspections of premises", timedelta(days=1), tell_all_inspections),
    Tick("news for staff", timedelta(minutes=10), tell_news),
    Tick("free appointments", timedelta(minutes=1), tell_windows),
)
