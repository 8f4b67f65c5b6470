"""What comes back from a recording: its samples, and nothing that was hidden beside them."""

import io
import struct
import wave

import pytest

from linli.kernel import uploads
from linli.kernel.refusals import Refused
from linli.kernel.uploads import MAX_BYTES, rebuild, rebuild_sound
from tests.town.culture import recording


def opened(data):
    return wave.open(io.BytesIO(data))


def chunk(name, data):
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def with_notes(data):
    """Put a comment, and a picture, beside the samples."""
    body = data[12:] + chunk(b"LIST", b"INFOICMT" + struct.pack("<I", 12) + b"secret place") + chunk(b"id3 ", b"face")  # fmt: skip
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body


@pytest.mark.parametrize(("width", "kept"), [(1, 1), (2, 2), (3, 2)])
@pytest.mark.parametrize("channels", [1, 2])
def test_keeps_the_samples(width, kept, channels):
    given = recording(width=width, channels=channels)

    made = rebuild_sound(given, name="song.WAV")

    assert (made.media_type, made.extension) == ("audio/wav", "wav")
    with opened(given) as before, opened(made.data) as after:
        assert after.getparams()[:4] == (channels, kept, 8000, before.getnframes())
        samples, heard = before.readframes(10**6), after.readframes(10**6)
    assert heard == (samples if width < 3 else b"".join(samples[n + 1 : n + 3] for n in range(0, len(samples), 3)))  # fmt: skip


def test_carries_nothing_over_that_is_no_sample():
    given = with_notes(recording()) + b"a second file"

    made = rebuild_sound(given, name="")

    assert b"secret place" in given
    assert not [word for word in (b"secret", b"face", b"second", b"LIST") if word in made.data]
    assert len(made.data) == 44 + len(recording()) - 44


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"ID3\x04" * 100,
        b"OggS" * 100,
        recording()[:44],
        recording(rate=7000),
        recording(width=4),
        recording(channels=3),
        b"%PDF-1.4",
    ],
    ids=["nothing", "a head", "mp3", "ogg", "silent", "slow", "wide", "three", "pdf"],
)
def test_refuses_what_it_cannot_write_anew(data):
    with pytest.raises(Refused, match="sound_not_accepted"):
        rebuild_sound(data, name="a.wav")


def test_refuses_a_name_that_says_otherwise_and_a_large_file(monkeypatch):
    with pytest.raises(Refused, match="sound_not_accepted"):
        rebuild_sound(recording(), name="song.exe")
    monkeypatch.setattr(uploads.subprocess, "run", None)
    with pytest.raises(Refused, match="file_too_large"):
        rebuild_sound(bytes(MAX_BYTES + 1), name="a.wav")


def test_takes_no_sound_where_a_photo_is_asked_for():
    with pytest.raises(Refused, match="file_not_accepted"):
        rebuild(recording(), name="")
