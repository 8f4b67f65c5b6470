"""The audit of an exported log: nothing removed, altered, moved, cut off or shown in two versions. Pure.

It believes the keys that its caller names and nothing in the file.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from linli.kernel.checkpoints import Checkpoint, cosigned_by, read_checkpoint
from linli.kernel.log_file import Entry, Header, Signed, read_line, succession
from linli.kernel.log_findings import Continued, Fault, Findings, Vouched
from linli.kernel.merkle import Frontier, Hash, Head, leaf_hash
from linli.kernel.note_keys import Kind, Malformed, VerifierKey, read_key
from linli.kernel.notes import Forged, read_note, signed_by


class Keys(NamedTuple):
    """Whom the caller trusts: keys of the log, and of witnesses that each must vouch for its end."""

    logs: tuple[VerifierKey, ...] = ()
    witnesses: tuple[VerifierKey, ...] = ()


class _Weighed(NamedTuple):
    checkpoint: Checkpoint
    cosigned: Mapping[VerifierKey, int]


def read_keys(logs: Iterable[str], witnesses: Iterable[str]) -> Keys:
    """Read vkeys; a ValueError (Malformed) when one is of the wrong kind or none is given."""
    keys = Keys(tuple(map(read_key, logs)), tuple(map(read_key, witnesses)))
    if any(key.kind != Kind.NOTE for key in keys.logs):
        raise Malformed("A log's key is of kind 1; this one belongs to a witness.")
    if any(key.kind != Kind.COSIGNATURE for key in keys.witnesses):
        raise Malformed("A witness's key is of kind 4; this one signs notes.")
    if not (keys.logs or keys.witnesses):
        raise Malformed("Name a key that you trust, had from elsewhere than this file.")
    return keys


def verify(lines: Iterable[str], keys: Keys, *, seen: Iterable[str] = ()) -> Findings:
    """Verify an exported log in one pass. `seen`: checkpoints of it that somebody else has kept.

    Raises Malformed when the first line does not say that this is a log.
    """
    numbered = enumerate(lines, start=1)
    first = read_line(next(numbered, (0, ""))[1])
    if not isinstance(first, Header):
        raise Malformed("The first line does not say which log this is.")
    audit = _Audit(first.origin, keys, _before(first, keys))
    audit.remember(seen)
    for number, line in numbered:
        try:
            audit.take(number, read_line(line))
        except Malformed as error:
            # Without this line nothing below can be placed.
            audit.fault("line_unreadable", number, f"The file cannot be read on from here. {error}")
            break
    return audit.findings()


class _Before(NamedTuple):
    """The log that this one says it goes on from: its last state, the leaf that names it, its trusted keys."""

    state: Checkpoint
    leaf: bytes
    keys: tuple[VerifierKey, ...]


def _before(first: Header, keys: Keys) -> _Before | None:
    if not first.after:
        return None
    note = read_note(first.after)
    state = read_checkpoint(note.text)
    trusted = tuple(key for key in keys.logs if key.name == state.origin)
    try:
        signed = bool(signed_by(note, trusted))
    except Forged:
        signed = False
    if trusted and not signed:
        raise Malformed("The log before this one has not signed the state that this one names.")
    return _Before(state, succession(first.after), trusted)


class _Audit:
    """One pass over one file: what was read so far, and what was found."""

    def __init__(self, origin: str, keys: Keys, before: _Before | None = None) -> None:
        self.origin = origin
        self.before = before
        self.named_at: int | None = None
        self.older: dict[int, set[Hash]] = {}
        self.found_older = self.lost_older = 0
        self.logs = tuple(key for key in keys.logs if key.name == origin)
        self.witnesses = keys.witnesses
        self.must_sign = bool(keys.logs)
        self.frontier = Frontier()
        self.covered = -1
        self.checkpoints = self.rows = 0
        self.signed: dict[int, Hash] = {}
        self.signers: set[VerifierKey] = set()
        self.seen: dict[int, list[_Weighed]] = {}
        self.vouched: dict[VerifierKey, Vouched] = {}
        self.faults: list[Fault] = []

    def fault(self, code: str, line: int, sentence: str) -> None:
        self.faults.append(Fault(code, line, sentence))

    def remember(self, notes: Iterable[str]) -> None:
        """Weigh the checkpoints kept elsewhere before the file can say anything."""
        for note in notes:
            if (older := self._older(note)) is not None:
                self.older.setdefault(older.size, set()).add(older.root)
            elif weighed := self._weigh(note, 0):
                self.seen.setdefault(weighed.checkpoint.size, []).append(weighed)
        self._recall()

    def take(self, number: int, line: Header | Entry | Signed) -> None:
        """Take the next line."""
        match line:
            case Entry():
                self._enter(number, line)
            case Signed(note):
                self._compare(number, note)
            case Header():
                raise Malformed("A log has one first line.")

    def _older(self, written_note: str) -> Checkpoint | None:
        """Read a checkpoint that somebody kept of the log before this one; None for any other."""
        if self.before is None or not self.before.keys:
            return None
        try:
            note = read_note(written_note)
            state = read_checkpoint(note.text)
            known = state.origin == self.before.state.origin and signed_by(note, self.before.keys)
        except (Malformed, Forged):
            return None
        return state if known else None

    def _count_older(self) -> None:
        """Count the older log's states that stand in this one, and those that were lost with a restore."""
        for root in self.older.pop(self.frontier.size, ()):
            stands = root == self.frontier.root()
            self.found_older, self.lost_older = (
                self.found_older + stands, self.lost_older + (not stands)
            )  # fmt: skip

    def _enter(self, number: int, entry: Entry) -> None:
        if self.before and entry.leaf == self.before.leaf and self.named_at is None:
            self.named_at = self.frontier.size
        self.frontier = self.frontier.append(leaf_hash(entry.leaf)).frontier
        if not entry.holds():
            sentence = f"The row shown for entry {self.frontier.size} is not the one entered."
            self.fault("row_altered", number, sentence)
        self.rows += entry.row is not None
        self._count_older()
        if self.frontier.size in self.seen:
            self._recall()

    def _compare(self, number: int, note: str) -> None:
        """Hold a checkpoint of the file against the entries above it."""
        if not (weighed := self._weigh(note, number)):
            return
        self.checkpoints += 1
        size, here = weighed.checkpoint.size, self.frontier.size
        if size != here:
            sentence = f"A checkpoint covers {size} entries, but {here} stand above it: some were "
            self.fault("misplaced", number, sentence + ("removed." if size > here else "added."))
        elif weighed.checkpoint.root != self.frontier.root():
            sentence = f"The first {size} entries are not those that were signed: some were altered"
            self.fault("root_differs", number, f"{sentence}, exchanged or moved. {self._so_far()}")
        else:
            self._vouch(weighed)

    def _recall(self) -> None:
        """Hold checkpoints kept elsewhere against the state that they speak of."""
        for weighed in self.seen.get(self.frontier.size, ()):
            if weighed.checkpoint.root == self.frontier.root():
                self._vouch(weighed)
            else:
                size = self.frontier.size
                sentence = f"Somebody was shown another history of the first {size} entries."
                self.fault("seen_differs", 0, sentence)

    def _vouch(self, weighed: _Weighed) -> None:
        self.covered = size = weighed.checkpoint.size
        for key, at in weighed.cosigned.items():
            self.vouched[key] = max(self.vouched.get(key, Vouched(0, 0)), Vouched(size, at))

    def _weigh(self, written_note: str, line: int) -> _Weighed | None:
        """Read a checkpoint and ask who signed it; None when it proves nothing."""
        try:
            note = read_note(written_note)
            checkpoint = read_checkpoint(note.text)
            signers = signed_by(note, self.logs)
            weighed = _Weighed(checkpoint, cosigned_by(note, self.witnesses))
        except (Malformed, Forged) as error:
            forged = isinstance(error, Forged)
            self.fault("signature_wrong" if forged else "checkpoint_unreadable", line, str(error))
            return None
        if checkpoint.origin != self.origin:
            sentence = f"A checkpoint is of another log: {checkpoint.origin}."
            self.fault("other_log", line, sentence)
        elif self.must_sign and not signers:
            self.fault(
                "not_signed", line, "A checkpoint is not signed by a trusted key of the log."
            )
        elif signers or weighed.cosigned:
            self.signers |= signers
            self._look_for_fork(checkpoint, line)
            return weighed
        elif not line:
            self.fault(
                "not_signed", line, "A checkpoint kept elsewhere is signed by no trusted key."
            )
        return None

    def _look_for_fork(self, checkpoint: Checkpoint, line: int) -> None:
        size = checkpoint.size
        if self.signed.setdefault(size, checkpoint.root) != checkpoint.root:
            sentence = f"Two different histories of {size} entries were signed: the log is forked."
            self.fault("forked", line, sentence)

    def _continued(self) -> Continued | None:
        if self.before is None or self.named_at is None:
            return None
        state, lost = self.before.state, self.lost_older + sum(map(len, self.older.values()))
        return Continued(
            state.origin, state.size, self.named_at, bool(self.before.keys), self.found_older, lost
        )

    def _so_far(self) -> str:
        return f"The first {self.covered} are as signed." if self.covered > 0 else ""

    def findings(self) -> Findings:
        """Look at the end, where entries can be missing without a trace, and close."""
        size = self.frontier.size
        if self.covered < size:
            covered = f"after the first {self.covered} " if self.covered > 0 else ""
            self.fault("end_unsigned", 0, f"The entries {covered}are covered by no signature.")
        if self.seen and max(self.seen) > size:
            sentence = f"Somebody has kept a checkpoint of {max(self.seen)} entries"
            self.fault("cut_short", 0, f"{sentence}, but the file ends after {size}.")
        if self.before and self.named_at is None:
            sentence = f"No entry names the log before it, {self.before.state.origin}."
            self.fault("not_continued", 0, sentence)
        for key in self.witnesses:
            last = self.vouched.get(key)
            if last is None or last.size != size:
                known = f"for the first {last.size} of {size} entries" if last else "for none of it"
                sentence = f"{key.name} has not cosigned the end: it vouches {known}."
                self.fault("end_unwitnessed", 0, sentence)
        return Findings(
            origin=self.origin,
            head=Head(size, self.frontier.root()),
            checkpoints=self.checkpoints,
            rows=self.rows,
            seen=sum(map(len, self.seen.values())),
            logs=tuple(key for key in self.logs if key in self.signers),
            witnessed=tuple(self.vouched.items()),
            continued=self._continued(),
            faults=tuple(self.faults),
        )
