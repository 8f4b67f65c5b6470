"""JSON-RPC 2.0 as the Model Context Protocol uses it: what one message asks, and how it is answered. Pure.

Stateless: no session, nothing is sent unasked. Batches are no part of the protocol since 2025-06-18.
"""

from dataclasses import dataclass
from typing import Any, Final

PARSE_ERROR: Final = -32700
INVALID_REQUEST: Final = -32600
NO_METHOD: Final = -32601
WRONG_PARAMS: Final = -32602
NO_RESOURCE: Final = -32002
NEWEST: Final = "2025-06-18"
VERSIONS: Final = (NEWEST, "2025-03-26", "2024-11-05")
Id = str | int
Told = dict[str, Any]


class Wrong(Exception):
    """A message that is not answered as asked: the code of JSON-RPC, and a sentence."""

    def __init__(self, code: int, sentence: str, asked: Id | None = None) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.asked = code, sentence, asked


@dataclass(frozen=True, slots=True)
class Message:
    """One message. asked: its id, None for what wants no answer."""

    method: str
    params: Told
    asked: Id | None


def read(said: object) -> Message:
    """Return a message. Raises Wrong for what is none; an answer of the client's has the method ""."""
    if not isinstance(said, dict) or said.get("jsonrpc") != "2.0":
        raise Wrong(INVALID_REQUEST, "One message of JSON-RPC 2.0 is wanted.")
    asked = said.get("id")
    if isinstance(asked, bool) or not isinstance(asked, str | int | None):
        raise Wrong(INVALID_REQUEST, "An id is a text or a whole number.")
    method, params = said.get("method"), said.get("params", {})
    if method is None and ("result" in said or "error" in said):
        return Message("", {}, None)
    if not isinstance(method, str) or not isinstance(params, dict):
        raise Wrong(INVALID_REQUEST, "A method is a text, and its params are named.", asked)
    return Message(method, params, asked)


def answered(asked: Id | None, result: Told) -> Told:
    """Return an answer."""
    return {"jsonrpc": "2.0", "id": asked, "result": result}


def refused(wrong: Wrong, asked: Id | None = None) -> Told:
    """Return the answer to what cannot be done."""
    number = wrong.asked if asked is None else asked
    return {
        "jsonrpc": "2.0", "id": number, "error": {"code": wrong.code, "message": wrong.sentence},
    }  # fmt: skip


def version_for(wanted: object) -> str:
    """Return the version of the protocol to speak: the one that is wanted where we know it, else our newest."""
    return wanted if isinstance(wanted, str) and wanted in VERSIONS else NEWEST
