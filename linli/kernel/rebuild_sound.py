"""A recording written anew: its samples are read and written out by us, under a header of our own. Whatever
else was in the file (place, device, names, pictures, a second file behind the first) is not carried over.
"""

import io
import wave

_MOST_SECONDS = 600
_RATES = range(8_000, 48_001)
_CHANNELS = (1, 2)
_BYTES = (1, 2, 3)  # of one sample


def rebuilt_sound(data: bytes) -> bytes:
    """Return the recording as WAV of eight or sixteen bits. Raises whatever `wave` does, and ValueError."""
    with wave.open(io.BytesIO(data), "rb") as read:
        width, channels, rate = read.getsampwidth(), read.getnchannels(), read.getframerate()
        frames = read.getnframes()
        if width not in _BYTES or channels not in _CHANNELS or rate not in _RATES:
            message = "no recording of a kind that browsers play"
            raise ValueError(message)
        if not 0 < frames <= rate * _MOST_SECONDS:
            message = "empty, or too long"
            raise ValueError(message)
        samples = read.readframes(frames)
    samples = samples[: len(samples) - len(samples) % (width * channels)]
    if not samples:
        message = "no samples"
        raise ValueError(message)
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setparams((channels, 1 if width == 1 else 2, rate, 0, "NONE", ""))
        made.writeframes(_sixteen_bits(samples) if width == _BYTES[-1] else samples)
    return out.getvalue()


def _sixteen_bits(samples: bytes) -> bytes:
    """Drop the lowest of three bytes of each sample."""
    made = bytearray(len(samples) // 3 * 2)
    made[0::2], made[1::2] = samples[1::3], samples[2::3]
    return bytes(made)
