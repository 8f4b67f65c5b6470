"""What a unit may do with a case now, each act with its form: what the side of a case's page is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.forms import handing, handling
from linli.cases.models import Case, Leader, Topic
from linli.cases.queries.causes import open_causes
from linli.cases.queries.desk import ASKED, HELPS, LEADS, Around
from linli.cases.rules.clocks import MOST_MOVES, Days
from linli.kernel.text import Words

_MAIN = ("take", "accept")
_RUNNING = (Case.RECEIVED, Case.WORKING)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be done: a button alone (`plain`), or a form that opens on demand."""

    name: str
    address: str
    button: Words
    title: Words = ""
    about: Words = ""
    form: BaseForm | None = None
    open: bool = False

    @property
    def plain(self) -> bool:
        """Whether nothing is asked."""
        return self.form is None

    @property
    def main(self) -> bool:
        """Whether it is what the page is there for now."""
        return self.name in _MAIN


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as it is looked at: what stands around it, and which fields the unit may read."""

    case: Case
    around: Around
    fields: frozenset[str]


def acts_of(seen: Seen, wrong: Mapping[str, BaseForm]) -> list[Act]:
    """Return what the unit may do; a form that came back with something wrong stands open, as it was sent."""
    made = {LEADS: _leading, HELPS: _helping, ASKED: _asked}[seen.around.part]
    # A button alone comes before what opens on demand.
    acts = sorted(made(seen), key=lambda act: not act.plain)
    return [_as_sent(act, wrong) for act in acts]


def most_more(case: Case) -> int:
    """Return how many days one extension may add."""
    topic = case.topic
    return Days(topic.step_days, topic.unit_days, topic.case_days).most_more


def may_answer(seen: Seen) -> bool:
    """Say whether the unit may answer now: it leads, and has taken the case."""
    return seen.around.part == LEADS and seen.case.state == Case.WORKING


def _as_sent(act: Act, wrong: Mapping[str, BaseForm]) -> Act:
    if act.name not in wrong:
        return act
    return Act(act.name, act.address, act.button, act.title, act.about, wrong[act.name], open=True)


def _leading(seen: Seen) -> Iterator[Act]:
    case = seen.case
    if case.state == Case.RECEIVED:
        yield _plain(case, "take", _("Take it"), _("Nobody has taken this case yet."))
    if case.paused_at:
        yield _plain(case, "resume", _("Let the clocks run again"))
    if case.state in Case.OPEN:
        yield _note(case)
    if case.state in _RUNNING:
        yield from _time(case)
        yield from _elsewhere(seen)
    if case.state in Case.OPEN:
        yield from _besides(seen)


def _time(case: Case) -> Iterator[Act]:
    if case.paused_at is None and case.state == Case.WORKING:
        yield _form(
            case, "pause", (_("Let the clocks stand still"), _("Pause")), handling.PauseForm()
        )
    if case.moves < MOST_MOVES and case.paused_at is None and case.state == Case.WORKING:
        extend = handling.ExtendForm(most=most_more(case))
        yield _form(case, "extend", (_("Ask for more days"), _("Extend")), extend)


def _elsewhere(seen: Seen) -> Iterator[Act]:
    case, own = seen.case, seen.case.unit.name
    if case.paused_at is None and seen.around.on_the_way is None:
        hand = handing.HandOnForm(own=own, held=seen.fields)
        yield _form(case, "hand_on", (_("Hand on"), _("Hand it on")), hand, _leave_words(seen))
        assign = handling.TopicForm(case=case)
        about = _("The case goes to the unit of its topic at once. Its clock runs on.")
        yield _form(case, "assign", (_("Another topic"), _("Give it this topic")), assign, about)
    if seen.around.on_the_way is not None:
        yield _plain(case, "call_back", _("Call the hand-over back"))
    if case.paused_at is None and case.state == Case.WORKING:
        yield from _with_others(seen)


def _with_others(seen: Seen) -> Iterator[Act]:
    case = seen.case
    join = handing.JoinForm(own=case.unit.name)
    about = _("You still answer. The other unit reads what you may read, until it has finished.")
    yield _form(case, "join", (_("Ask another unit to help"), _("Ask it")), join, about)


def _besides(seen: Seen) -> Iterator[Act]:
    case = seen.case
    if case.kind == Topic.PETITION and case.leader is None:
        leaders = Leader.objects.filter(unit=case.unit, until_on=None)
        form = handling.LeaderForm(leaders=leaders)
        yield _form(
            case,
            "leader",
            (
                _("Name who answers for it"),
                _(
                    "Name",
                ),
            ),
            form,
        )
    if case.cause is None:
        merge = handling.MergeForm(causes=open_causes(case.unit.name))
        yield _form(case, "merge_one", (_("Join to a cause"), _("Join")), merge)
    if "contact" in seen.fields:
        yield _form(
            case, "reveal", (_("How to reach the person"), _("Show it")), handling.RevealForm()
        )


def _helping(seen: Seen) -> Iterator[Act]:
    yield _note(seen.case)
    titles = (_("We have done our part"), _("Finish"))
    yield _form(seen.case, "finish_joint", titles, handing.FinishForm())


def _asked(seen: Seen) -> Iterator[Act]:
    way = seen.around.on_the_way
    if way is None:
        return
    about = _("%(unit)s would like your unit to answer. Until you accept, it answers itself.")
    about %= {"unit": way.from_unit or ""}
    yield Act("accept", reverse("cases:accept", args=[way.code]), _("Accept it"), about=about)
    address = reverse("cases:decline", args=[way.code])
    yield Act("decline", address, _("Decline"), _("Decline it"), "", handing.DeclineForm())


def _note(case: Case) -> Act:
    return _form(case, "note", (_("Note for the house"), _("Keep the note")), handling.NoteForm())


def _leave_words(seen: Seen) -> Words:
    if seen.case.topic.sensitive:
        return _("This topic is sensitive: the person is asked first, and you answer until then.")
    if "passing_on" not in seen.fields:
        return _("The person did not tick that it may be passed on: they are asked first.")
    return _("The person ticked that it may be passed on. You answer until the other unit accepts.")


def _plain(case: Case, name: str, button: Words, about: Words = "") -> Act:
    return Act(name, reverse(f"cases:{name}", args=[case.code]), button, about=about)


def _form(
    case: Case,
    name: str,
    words: tuple[Words, Words],
    form: BaseForm,
    about: Words = "",
) -> Act:
    title, button = words
    return Act(name, reverse(f"cases:{name}", args=[case.code]), button, title, about, form)
