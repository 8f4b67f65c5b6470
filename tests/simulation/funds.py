"""Officers post, reverse, order and close; each day's books are signed."""

from datetime import timedelta

from linli.funds.actions import ledger, orders, roots
from linli.funds.models import Account, Order, Transaction
from linli.funds.rules import flows
from linli.kernel.actors import system
from tests.simulation.world import Engine
from tests.town import funds as town

CALENDAR = system("calendar")
ALONE = 50


def settle(at):
    """A fund with an account of each kind, of which one person moves little."""
    fund = town.fund(at=at, alone=ALONE)
    other = town.fund(at=at, alone=ALONE, name="另一项资金")
    accounts = {kind: town.account(fund, kind, at=at).pk for kind in flows.KINDS}
    return {"fund": fund, "accounts": accounts, "stranger": town.account(other, "paid", at=at).pk}


class Funds(Engine):
    """One fund, and whoever moves its money."""

    NAME = "funds"
    WEIGHTS = {"post": 14, "close": 1, "decide": 5, "order": 4, "sign": 2}
    ROWS = {
        "funds_account": ("code", "balance"),
        "funds_transaction": ("code", "verb", "day", "size", "at"),
        "funds_transfer": ("id", "number", "amount", "out_of_id", "into_id"),
        "funds_order": ("code", "state"),
        "funds_head": ("id", "digest"),
    }
    EDGES = {("funds_order", "state"): {"asked": {"approved", "refused"}, "approved": set(), "refused": set()}}  # fmt: skip

    def posting(self, most):
        """Return something that might be posted: mostly along the ways of money, sometimes anything."""
        world, dice = self.world, self.world.dice
        if world.chance(0.9):
            verb, (out_of, into) = world.one_of(
                sorted((verb, way) for verb, ways in flows.WAYS.items() for way in ways)
            )
            if world.chance(0.4):
                verb, out_of, into = "appropriate", "budget", "appropriated"
        else:
            verb, out_of, into = world.one_of(sorted(flows.WAYS)), *dice.sample(flows.KINDS, 2)
        pks = [self.world.town["accounts"][kind] for kind in (out_of, into)]
        if world.chance(0.03):
            pks[1] = self.world.town["stranger"]
        lines = [ledger.Line(Account.objects.get(pk=pks[0]), Account.objects.get(pk=pks[1]), dice.randint(1, most))]  # fmt: skip
        if world.chance(0.2):
            lines *= 2
        day = (world.at - timedelta(days=dice.choice((0, 0, 0, 1, 9, -1)))).date()
        return ledger.Posting(verb=verb, day=day, lines=lines)

    def by(self):
        """Return one of three officers of the unit that keeps it, rarely a stranger."""
        if self.world.chance(0.05):
            return town.officer(unit="别的单位")
        return town.officer(self.world.one_of(["甲", "乙", "丙"]))

    def do_post(self):
        """Post something."""
        fund = self.world.town["fund"]
        self.world.do(ledger.post, by=self.by(), fund=fund, posting=self.posting(ALONE + 10))

    def do_post_many(self):
        """Post many at once: all or none."""
        many = [self.posting(30) for _ in range(self.world.dice.randint(2, 4))]
        self.world.do(ledger.post_many, by=self.by(), fund=self.world.town["fund"], postings=many)

    def do_reverse(self):
        """Move back what was moved."""
        if entry := self.pick(Transaction.objects.select_related("fund__unit")):
            self.world.do(
                ledger.reverse, by=self.by(), entry=entry, day=self.world.at.date(), words="记错"
            )

    def do_order(self):
        """Ask a second person."""
        fund = self.world.town["fund"]
        self.world.do(orders.ask, by=self.by(), fund=fund, posting=self.posting(300))

    def do_decide(self):
        """Decide as the second person, or as the first."""
        if order := self.pick(Order.objects.select_related("fund__unit")):
            if self.world.chance(0.7):
                self.world.do(orders.approve, by=self.by(), order=order)
            else:
                self.world.do(orders.refuse, by=self.by(), order=order, reason="无依据")

    def do_close(self):
        """Close the books until some day."""
        until = (self.world.at - timedelta(days=self.world.dice.randint(1, 9))).date()
        self.world.do(ledger.close_books, by=self.by(), fund=self.world.town["fund"], until=until)

    def do_sign(self):
        """Sign the days that are over."""
        self.world.do(roots.sign_days, whole=False, by=CALENDAR)

    def ends(self):
        """Sign what is there."""
        self.world.go_to(self.world.at + timedelta(days=1))
        self.do_sign()

    # -- what must hold

    def after_each(self):
        """Ask after each step: balances are the fold of the transfers, and add up to nothing."""
        super().after_each()
        self.none(
            "balance_untrue",
            "SELECT id, kind, balance FROM funds_account a WHERE balance <>"
            " (SELECT coalesce(sum(amount), 0) FROM funds_transfer WHERE into_id = a.id)"
            " - (SELECT coalesce(sum(amount), 0) FROM funds_transfer WHERE out_of_id = a.id)",
        )
        inside = ", ".join(f"'{kind}'" for kind in (*flows.INSIDE, *flows.GONE))
        self.none(
            "overdrawn",
            f"SELECT id, kind, balance FROM funds_account WHERE balance < 0 AND kind IN ({inside})",
        )

    def check_every_entry_is_whole(self):
        """An entry has its transfers, within one fund, along the ways of money."""
        self.none(
            "entry_not_whole",
            "SELECT t.id FROM funds_transaction t WHERE t.size <>"
            " (SELECT count(*) FROM funds_transfer f WHERE f.transaction_id = t.id)",
        )
        entry = (
            "SELECT t.verb, o.kind, i.kind FROM funds_transfer f JOIN funds_transaction t ON t.id ="
            " f.transaction_id JOIN funds_account o ON o.id = f.out_of_id JOIN funds_account i"
            " ON i.id = f.into_id WHERE "
        )
        self.none("left_its_fund", entry + "o.fund_id <> t.fund_id OR i.fund_id <> t.fund_id OR f.amount <= 0")  # fmt: skip
        for verb, out_of, into in self.sql(entry + "t.reverses_id IS NULL"):
            self.world.must(flows.may_flow(verb, out_of, into), "against_the_flow", verb, out_of, into)  # fmt: skip

    def check_a_second_person_decides(self):
        """More than one person may move goes with an order that another approved."""
        self.none(
            "moved_alone",
            "SELECT f.id FROM funds_transfer f JOIN funds_transaction t ON t.id = f.transaction_id"
            " LEFT JOIN funds_order o ON o.id = t.order_id WHERE t.reverses_id IS NULL AND f.amount > ?"
            " AND (o.id IS NULL OR o.state <> 'approved' OR o.second_name IN ('', o.by_name))",
            ALONE,
        )
        self.none(
            "order_paid_twice",
            "SELECT order_id FROM funds_transaction WHERE order_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
        )
        self.none(
            "order_not_paid",
            "SELECT id FROM funds_order o WHERE state = 'approved' AND NOT EXISTS"
            " (SELECT 1 FROM funds_transaction WHERE order_id = o.id)",
        )

    def check_a_reversal_is_the_mirror(self):
        """What is reversed comes back to the fen, once."""
        self.none(
            "reversed_twice",
            "SELECT reverses_id FROM funds_transaction WHERE reverses_id IS NOT NULL"
            " GROUP BY 1 HAVING count(*) > 1",
        )
        self.none(
            "reversed_otherwise",
            "SELECT r.id FROM funds_transaction r JOIN funds_transfer f ON f.transaction_id = r.id"
            " WHERE r.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM funds_transfer g"
            " WHERE g.transaction_id = r.reverses_id AND g.number = f.number AND g.amount = f.amount"
            " AND g.out_of_id = f.into_id AND g.into_id = f.out_of_id)",
        )

    def check_closed_books_stay(self):
        """Nothing is posted for a day after the books were closed for it, nor for a day to come."""
        self.none(
            "posted_into_closed_books",
            "SELECT t.id FROM funds_transaction t JOIN funds_close c ON c.fund_id = t.fund_id"
            " WHERE t.at > c.at AND t.day <= c.until",
        )
        self.none(
            "posted_ahead", "SELECT id FROM funds_transaction WHERE day > date(at, '+8 hours')"
        )

    def check_signed_days_are_a_chain(self):
        """Each root names the one before; no day is signed twice."""
        before = None
        for number, was, digest in self.sql("SELECT number, before, digest FROM funds_root ORDER BY number"):  # fmt: skip
            self.world.must(before in (None, was), "root_without_the_one_before", number)
            before = digest
        self.none("day_signed_twice", "SELECT day FROM funds_root GROUP BY day HAVING count(*) > 1")
