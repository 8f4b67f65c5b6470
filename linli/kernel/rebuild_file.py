"""The program that rebuilds one file: bytes come in, `media type\\n` and new bytes go out.

Called with `sound`, it takes recordings and nothing else. It runs alone, with an empty environment and little memory and time, so that a file that breaks the
libraries breaks this program and nothing else. `kernel.uploads` starts it.
"""

import resource
import sys

NOT_ACCEPTED = 3
_MEMORY = 640 * 1024 * 1024
_SECONDS = 10


def main() -> int:
    """Read, rebuild, write; return what the parent is told."""
    for kind, limit in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
    try:
        read = _rebuilt_sound if sys.argv[1:] == ["sound"] else _rebuilt
        rebuilt, media_type = read(sys.stdin.buffer.read())
    except Exception:  # noqa: BLE001 - whatever a library says about a stranger's bytes, it is a no
        return NOT_ACCEPTED
    sys.stdout.buffer.write(media_type.encode() + b"\n" + rebuilt)
    return 0


def _rebuilt(data: bytes) -> tuple[bytes, str]:
    # Each kind's library is opened for its kind alone, and only under the limits above.
    if data.startswith(b"%PDF-"):
        from linli.kernel.rebuild_pdf import rebuilt_pdf  # noqa: PLC0415

        return rebuilt_pdf(data), "application/pdf"
    from linli.kernel.rebuild_photo import rebuilt_photo  # noqa: PLC0415

    return rebuilt_photo(data)


def _rebuilt_sound(data: bytes) -> tuple[bytes, str]:
    from linli.kernel.rebuild_sound import rebuilt_sound  # noqa: PLC0415

    return rebuilt_sound(data), "audio/wav"


if __name__ == "__main__":
    sys.exit(main())
