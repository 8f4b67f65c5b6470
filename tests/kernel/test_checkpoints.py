"""Signed notes, checkpoints and cosignatures against published notes, and against forgers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.checkpoints import (
    Checkpoint,
    Declined,
    Request,
    cosign,
    cosigned_by,
    read_checkpoint,
    read_request,
    sign_checkpoint,
    witness,
)
from linli.kernel.merkle import EMPTY, Frontier, Head, consistency_proof, leaf_hash, root
from linli.kernel.note_keys import (
    Kind,
    Malformed,
    VerifierKey,
    new_signer,
    read_base64,
    read_key,
    read_signer,
)
from linli.kernel.notes import Forged, Note, Signature, read_note, signed, signed_by

# The key and note in the documentation and tests of Go's sumdb/note.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6K"
    "E6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1"
    "RvMc+QQ=\n"
)
# The example of c2sp.org/signed-note.
EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_NOTE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncA"
    "lTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# A checkpoint that a public log published, with the cosignature of one of its witnesses.
ARCHE = (
    "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
)
REMORA = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
PUBLISHED = """\
arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
"""
VKEYS = [PETER, ENOCH, EXAMPLE, ARCHE, REMORA]


def log(size, origin="log.example/looks"):
    """A signer, and a signed checkpoint with a source over a log of so many entries."""
    signer = new_signer(origin, Kind.NOTE)
    frontier, hashes = Frontier(), {}
    for n in range(size):
        frontier, completed = frontier.append(leaf_hash(b"%d" % n))
        hashes.update(completed)
    source = hashes.__getitem__
    return signer, source, sign_checkpoint(Checkpoint(origin, size, frontier.root()), signer)


@pytest.mark.parametrize("vkey", VKEYS)
def test_reads_published_keys_and_writes_them_back(vkey):
    assert str(read_key(vkey)) == vkey
    assert str(read_key(f" {vkey}\n")) == vkey


@pytest.mark.parametrize("vkey", VKEYS)
def test_refuses_keys_with_one_slip(vkey):
    for at in range(len(vkey)):
        for slip in ("", chr(ord(vkey[at]) + 1)):
            with pytest.raises(Malformed):
                read_key(vkey[:at] + slip + vkey[at + 1 :])


@pytest.mark.parametrize(
    "vkey",
    [
        # From the tests of Go's sumdb/note: another length, another algorithm, with fitting ids.
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "",
        "Peter",
        "Peter+c74f20a3+",
        "\udcff+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_refuses_keys_of_another_make(vkey):
    with pytest.raises(Malformed):
        read_key(vkey)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\u3000b", "a\nb"])
def test_refuses_names_that_no_line_could_carry(name):
    with pytest.raises(Malformed):
        VerifierKey(name, Kind.NOTE, bytes(32))


def test_opens_the_published_notes():
    keys = [read_key(PETER), read_key(ENOCH)]

    assert signed_by(read_note(f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}"), keys) == set(keys)
    assert signed_by(read_note(EXAMPLE_NOTE), [read_key(EXAMPLE)]) == {read_key(EXAMPLE)}
    assert str(read_note(EXAMPLE_NOTE)) == EXAMPLE_NOTE


def test_signs_to_the_published_bytes():
    peter = read_signer(PETER_SECRET)

    assert str(signed(TEXT, [peter])) == f"{TEXT}\n{PETER_LINE}"
    assert peter.secret() == PETER_SECRET
    assert str(peter.key) == PETER


def test_never_shows_a_secret_by_accident():
    assert PETER_SECRET.rpartition("+")[2] not in repr(read_signer(PETER_SECRET))
    with pytest.raises(Malformed) as refusal:
        read_signer(PETER_SECRET.replace("c74f20a3", "c74f20a4"))
    assert "YEKFALVFGyN" not in str(refusal.value)


@pytest.mark.parametrize("secret", ["", PETER, PETER_SECRET[:-4], "PRIVATE+KEY+a+b"])
def test_refuses_what_is_no_signing_key(secret):
    with pytest.raises(Malformed):
        read_signer(secret)


@pytest.mark.parametrize("kind", Kind)
def test_keeps_a_new_key_as_text(kind):
    signer = new_signer("城关.example/记录", kind)

    assert read_signer(signer.secret()) == signer
    assert read_key(str(signer.key)) == signer.key


def test_skips_signatures_of_keys_that_nobody_named():
    note = read_note(f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}")

    assert signed_by(note, [read_key(PETER)]) == {read_key(PETER)}
    assert signed_by(note, [read_key(EXAMPLE)]) == frozenset()


def test_refuses_a_note_that_a_named_key_never_signed():
    forged = read_note(f"{TEXT.replace('think', 'thought')}\n{PETER_LINE}")

    with pytest.raises(Forged):
        signed_by(forged, [read_key(PETER)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}{PETER_LINE}",
        f"{TEXT}\n{PETER_LINE}".rstrip("\n"),
        f"{TEXT}\n{PETER_LINE}\n",
        f"\n\n{PETER_LINE}",
        f"{TEXT}\n{PETER_LINE.replace('— ', '- ')}",
        f"{TEXT}\n{PETER_LINE.replace('PeterNeumann', 'Peter+Neumann')}",
        f"{TEXT}\n{PETER_LINE.replace('PeterNeumann', '')}",
        f"{TEXT}\n— PeterNeumann x08g\n",
        f"{TEXT}\n— PeterNeumann x08go\n",
        f"{TEXT}\n{PETER_LINE.replace('AM=', 'AN=')}",
        f"{TEXT}\r\n\n{PETER_LINE}",
        f"{TEXT}\t\n\n{PETER_LINE}",
        f"{TEXT}\ud800\n\n{PETER_LINE}",
        f"{TEXT}\n{PETER_LINE * 65}",
        f"{TEXT * 20_000}\n{PETER_LINE}",
    ],
)
def test_refuses_what_is_no_note(text):
    with pytest.raises(Malformed):
        read_note(text)


@pytest.mark.parametrize("text", ["AA", "AB==", "A A=", "AAAA\n", "é"])
def test_reads_base64_in_one_writing_only(text):
    with pytest.raises(Malformed):
        read_base64(text)


def test_reads_the_published_checkpoint():
    note = read_note(PUBLISHED)

    checkpoint = read_checkpoint(note.text)

    assert checkpoint.origin == "arche2025h1.staging.ct.transparency.dev"
    assert checkpoint.size == 1_432_088_532
    assert checkpoint.root.hex().startswith("53b58cefd8ebcf28")
    assert checkpoint.text() == note.text
    assert signed_by(note, [read_key(ARCHE)]) == {read_key(ARCHE)}


def test_accepts_the_published_cosignature_with_its_time():
    assert cosigned_by(read_note(PUBLISHED), [read_key(REMORA)]) == {read_key(REMORA): 0x6A122120}


@pytest.mark.parametrize("changed", ["1432088533", "01432088532"])
def test_refuses_the_published_signatures_over_another_size(changed):
    note = read_note(PUBLISHED.replace("1432088532", changed))

    with pytest.raises(Forged):
        signed_by(note, [read_key(ARCHE)])
    with pytest.raises(Forged):
        cosigned_by(note, [read_key(REMORA)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        f"a\n1\n{'A' * 43}=",
        f"\n1\n{'A' * 43}=\n",
        f"a\n01\n{'A' * 43}=\n",
        f"a\n-1\n{'A' * 43}=\n",
        f"a\n١\n{'A' * 43}=\n",
        f"a\n9223372036854775808\n{'A' * 43}=\n",
        "a\n1\nAAAA\n",
        f"a\n1\n{'A' * 43}=\n\n",
        f"a\n1\n{'A' * 43}=\n\nb\n",
    ],
)
def test_refuses_what_is_no_checkpoint(text):
    with pytest.raises(Malformed):
        read_checkpoint(text)


def test_refuses_to_write_what_would_read_as_something_else():
    for origin, extensions in (("a\n7", ()), ("", ()), ("a", ("",)), ("a", ("b\nc",))):
        with pytest.raises(Malformed):
            Checkpoint(origin, 1, EMPTY, extensions)


line = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)


@given(line, st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(line))
def test_reads_back_every_checkpoint(origin, size, top, extensions):
    checkpoint = Checkpoint(origin, size, top, tuple(extensions))

    assert read_checkpoint(checkpoint.text()) == checkpoint
    assert read_note(str(signed(checkpoint.text(), [read_signer(PETER_SECRET)]))).text == (
        checkpoint.text()
    )


@given(st.text(max_size=200) | st.text("— \nA=b+/", max_size=200))
def test_refuses_politely_whatever_it_is_given(text):
    for read in (read_note, read_checkpoint, read_key, read_signer, read_request, read_base64):
        try:
            read(text)
        except Malformed:
            continue


def test_lets_each_key_sign_its_own_kind_only():
    signer, _, note = log(3)
    other = new_signer("w.example/1", Kind.COSIGNATURE)

    with pytest.raises(Malformed):
        signed(TEXT, [other])
    with pytest.raises(Malformed):
        cosign(note, signer, at=1)
    with pytest.raises(Malformed):
        sign_checkpoint(Checkpoint("another.example", 1, EMPTY), signer)
    with pytest.raises(Malformed):
        cosign(Note("no checkpoint\n"), other, at=1)


def test_keeps_note_and_cosignature_keys_apart():
    """The same 32 bytes under another kind are another key: neither signature passes for the other."""
    signer, _, note = log(3)
    twin = VerifierKey(signer.key.name, Kind.COSIGNATURE, signer.key.public)

    assert twin.id != signer.key.id
    assert cosigned_by(note, [twin, signer.key]) == {}
    assert signed_by(note, [twin]) == frozenset()


def test_cosigns_time_and_extensions():
    signer, _, _ = log(0)
    other = new_signer("w.example/1", Kind.COSIGNATURE)
    plain = sign_checkpoint(Checkpoint(signer.key.name, 0, EMPTY, ("more",)), signer)
    cosigned = plain._replace(
        signatures=(*plain.signatures, cosign(plain, other, at=1_700_000_000))
    )

    assert cosigned_by(cosigned, [other.key]) == {other.key: 1_700_000_000}
    assert signed_by(cosigned, [other.key, signer.key]) == {signer.key}
    with pytest.raises(Forged):
        cosigned_by(cosigned._replace(text=cosigned.text.replace("more", "less")), [other.key])
    name, key_id, value = cosigned.signatures[1]
    later = Signature(name, key_id, (1_700_000_001).to_bytes(8) + value[8:])
    with pytest.raises(Forged):
        cosigned_by(Note(cosigned.text, (later,)), [other.key])


def test_takes_the_latest_of_two_cosignatures():
    _, _, note = log(3)
    other = new_signer("w.example/1", Kind.COSIGNATURE)
    twice = Note(note.text, (cosign(note, other, at=20), cosign(note, other, at=10)))

    assert cosigned_by(twice, [other.key]) == {other.key: 20}


@pytest.mark.parametrize("at", [-1, 2**63])
def test_refuses_times_that_no_cosignature_can_say(at):
    _, _, note = log(3)

    with pytest.raises(Malformed):
        cosign(note, new_signer("w.example/1", Kind.COSIGNATURE), at=at)


def test_refuses_a_cosigned_time_beyond_the_format():
    _, _, note = log(3)
    other = new_signer("w.example/1", Kind.COSIGNATURE)
    message = f"cosignature/v1\ntime {2**63}\n{note.text}".encode()
    value = (2**63).to_bytes(8) + other.sign(message)

    with pytest.raises(Forged):
        cosigned_by(Note(note.text, (Signature("w.example/1", other.key.id, value),)), [other.key])


@pytest.mark.parametrize("value", [b"", b"short", bytes(71), b"\xff" * 72, bytes(73)])
def test_refuses_cosignatures_of_another_shape(value):
    _, _, note = log(3)
    key = new_signer("w.example/1", Kind.COSIGNATURE).key

    with pytest.raises(Forged):
        cosigned_by(Note(note.text, (Signature(key.name, key.id, value),)), [key])


def asked(old, size):
    """A log of `size` that asks for a cosignature after `old`; the state held; the signers."""
    signer, source, note = log(size)
    proof = tuple(consistency_proof(old, size, source))
    held = Head(old, root(old, source))
    return Request(old, proof, note), held, signer, new_signer("w.example/1", Kind.COSIGNATURE)


@given(st.integers(0, 40), st.integers(0, 40))
def test_witnesses_every_honest_growth(one, other):
    request, held, signer, by = asked(min(one, other), max(one, other))
    sent = read_request(str(request))

    signature = witness(sent, by, 5, logs=[signer.key], held=held)

    assert sent == request
    assert cosigned_by(Note(sent.note.text, (signature,)), [by.key]) == {by.key: 5}


@pytest.mark.parametrize(
    ("status", "change"),
    [
        (400, lambda r, h, k: (r._replace(old=9), h._replace(size=9), k)),
        (403, lambda r, h, k: (r, h, [VerifierKey(k[0].name, Kind.NOTE, bytes(31) + b"\x01")])),
        (403, lambda r, h, k: (r._replace(note=r.note._replace(signatures=())), h, k)),
        (403, lambda r, h, k: (r._replace(note=r.note._replace(text=r.note.text + "x\n")), h, k)),
        (404, lambda r, h, k: (r, h, [read_key(PETER)])),
        (409, lambda r, h, k: (r, Head(4, h.root), k)),
        (409, lambda r, h, k: (r, Head(0, EMPTY), k)),
        (409, lambda r, h, k: (r._replace(old=8, proof=()), Head(8, EMPTY), k)),
        (422, lambda r, h, k: (r._replace(proof=r.proof[1:]), h, k)),
        (422, lambda r, h, k: (r, Head(3, EMPTY), k)),
    ],
)
def test_declines_to_witness_anything_else(status, change):
    request, held, signer, by = asked(3, 8)
    request, held, keys = change(request, held, [signer.key])

    with pytest.raises(Declined) as declined:
        witness(request, by, 5, logs=keys, held=held)

    assert declined.value.status == status
    assert declined.value.held == (held.size if status == 409 else 0)


@pytest.mark.parametrize(
    "body",
    ["", "old 3\n", "old 03\n\n", "new 3\n\n", "old 3\nAAAA\n" * 64 + "\n", "old 3\n?\n\n"],
)
def test_refuses_what_is_no_request(body):
    with pytest.raises(Malformed):
        read_request(body + EXAMPLE_NOTE)
