"""What nobody does by hand: the queue, letters, the look log, the nightly purge."""

from datetime import timedelta
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec

from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult

from linli.kernel import city_key, jobs
from linli.kernel.checkpoints import read_checkpoint
from linli.kernel.keystore import store
from linli.kernel.looks import sequence
from linli.kernel.merkle import unpacked
from linli.kernel.models import Message
from linli.kernel.notes import read_note
from linli.kernel.passphrases import keyed_hash
from linli.kernel.sending import send_due
from tests.simulation import post
from tests.simulation.world import Engine


def settle(at):
    """Nothing is under way yet. Keys that are made when they are first asked for are there."""
    sequence(at)
    keyed_hash("first", "asked")
    city_key.signer()
    return {}


class Desk(Engine):
    """The machine room of every world."""

    NAME = "kernel"
    weight = 1
    WEIGHTS = {"mail_server": 1, "purge": 2, "work": 6}
    ROWS = {
        "kernel_message": ("code", "once", "state"),
        "kernel_look": ("code", "verb", "about", "by_unit", "purpose", "fields", "position"),
        "kernel_grant": ("code", "to_unit", "fields", "given_at", "expires_at", "revoked_at"),
        "kernel_subject": ("code", "purge_on", "destroyed_on"),
    }

    ADDED_TO = []  # the tables that are only ever added to: their triggers say so

    def __init__(self, world):
        super().__init__(world)
        self.purged_on, self.kept = None, {}
        if not self.ADDED_TO:
            self.ADDED_TO.extend(
                name
                for (name,) in self.sql(
                    "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'"
                    " AND name = tbl_name || '_kept_update' ORDER BY 1"
                )
            )

    def do_work(self):
        """Do what waits in the queue. Whoever is stopped in between begins again."""
        self.world.do(_work, whole=False)

    def do_send(self):
        """Try again what was not taken."""
        self.world.do(_send, whole=False)

    def do_log(self):
        """Enter looks into the tree."""
        self.world.do(_sequence, whole=False)

    def do_mail_server(self):
        """Let the mail server go down, or come back."""
        post.DOWN[:] = [] if post.DOWN else ["down"]

    def do_purge(self):
        """Let the night's purge run, some nights later."""
        if self.world.chance(0.2):
            self.world.go_to(self.world.at + timedelta(days=self.world.dice.randint(1, 90)))
        if self.world.do(self._purge, whole=False):
            self.purged_on = localdate(self.world.at)

    def _purge(self, at):
        for engine in self.world.engines:
            if find_spec(tasks := f"linli.{engine.NAME}.tasks"):
                for one in getattr(import_module(tasks), "PURGES", ()):
                    one.run(at)

    def ends(self):
        """Let the server be there, and the queue run dry; then years pass, and everything's day has come."""
        post.DOWN.clear()
        for _ in range(20):
            self.world.go_to(self.world.at + timedelta(hours=7))
            self.world.do(_work, whole=False)
            self.world.do(_send, whole=False)
            if not (
                DBTaskResult.objects.exists() or Message.objects.filter(state="waiting").exists()
            ):
                break
        self.world.must(not DBTaskResult.objects.exists(), "job_never_done")
        self.world.must(not Message.objects.filter(state="waiting").exists(), "letter_never_sent")
        self.world.do(_sequence, whole=False)
        if not self.world.chance(0.4):
            return
        self.world.ask(self.world.engines)
        self.world.go_to(self.world.at + timedelta(days=1200))
        self.world.do(self._purge, whole=False)
        self.purged_on = localdate(self.world.at)

    def check_letters_are_sent_once(self):
        """A letter that says it was sent was; it was sent once, unless whoever sent it was stopped."""
        times = {}
        for name in post.TAKEN:
            times[name] = times.get(name, 0) + 1
        twice = sum(count - 1 for count in times.values())
        self.world.must(twice <= self.world.stops, "letter_sent_twice", twice)
        taken = {name.split("@")[0][1:] for name in times}
        rows = self.sql('SELECT code, state, words IS NULL AND "to" IS NULL FROM kernel_message')
        unsent = [code for code, state, _over in rows if state == "waiting" and code in taken]
        self.world.must(len(unsent) <= self.world.stops, "letter_not_marked", len(unsent))
        for code, state, over in rows:
            if state == "sent":
                self.world.must(code in taken, "letter_marked_not_sent")
                self.world.must(over, "letter_kept")

    def check_nothing_is_rewritten(self):
        """What is only ever added to has kept every row that it had."""
        for table in self.ADDED_TO:
            rows = {row[0]: row for row in self.sql(f"SELECT * FROM {table}")}
            kept = self.kept.get(table, {})
            self.world.must(all(rows.get(key) == row for key, row in kept.items()), "rewritten", table)  # fmt: skip
            self.kept[table] = rows

    def check_the_log_is_one_tree(self):
        """Head and signed states are the roots of the leaves; every look that was entered stands at its place."""
        leaves = self.sql("SELECT position, leaf FROM kernel_logleaf ORDER BY position")
        self.world.must([at for at, _leaf in leaves] == list(range(len(leaves))), "log_has_gaps")
        hashes = [sha256(b"\0" + bytes(leaf)).digest() for _at, leaf in leaves]
        ((frontier,),) = self.sql("SELECT frontier FROM kernel_loghead")
        head = unpacked(bytes(frontier))
        self.world.must((head.size, head.root()) == (len(hashes), _root(hashes)), "log_head")
        for (note,) in self.sql("SELECT note FROM kernel_checkpoint"):
            state = read_checkpoint(read_note(note).text)
            self.world.must(state.root == _root(hashes[: state.size]), "log_root", state.size)
        self.none(
            "look_misplaced",
            "SELECT k.id FROM kernel_look k JOIN kernel_logleaf f ON f.position = k.position"
            " WHERE f.leaf <> k.leaf",
        )
        self.none(
            "look_not_counted",
            "SELECT 1 WHERE (SELECT count(*) FROM kernel_look WHERE position IS NOT NULL) >"
            " (SELECT coalesce(sum(looks), 0) FROM kernel_lookcount)",
        )

    def check_nothing_outlives_its_day(self):
        """After a purge no key of a day that has come is alive, and nothing that it opened is kept."""
        if self.purged_on is None:
            return
        today = self.purged_on
        over = self.sql(
            "SELECT code, destroyed_on FROM kernel_subject WHERE purge_on <= ?", today.isoformat()
        )
        for code, destroyed_on in over:
            self.world.must(destroyed_on is not None, "outlived", code)
            self.world.must(store()._line(code)[0] is None, "key_outlived", code)
        for table, what in (
            ("kernel_look", "look_outlived"),
            ("kernel_message", "letter_outlived"),
        ):
            self.none(
                what,
                f"SELECT t.id FROM {table} t JOIN kernel_subject s ON s.id = t.subject_id"
                " WHERE s.destroyed_on <= ?",  # whoever a purge that was stopped came to waits for the next
                today.isoformat(),
            )


def _root(hashes):
    """The root of RFC 6962, as the standard says it."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"").digest()
    half = 1 << ((len(hashes) - 1).bit_length() - 1)
    return sha256(b"\1" + _root(hashes[:half]) + _root(hashes[half:])).digest()


def _work(at):
    return jobs.work(at)


def _send(at):
    return send_due(at)


def _sequence(at):
    return sequence(at)
