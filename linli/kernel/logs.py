"""Logs as events with named fields. Only fields on the list are written, so that a person's data,
an address with a code in it or a device can never reach a log file by accident.
"""

import logging.config
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

FIELDS = frozenset(
    {
        *("event", "level", "timestamp", "logger", "exception", "stack_info"),
        *("method", "route", "status", "ms", "role", "language"),
        *("count", "code", "kind", "seconds"),
    }
)


def only_named_fields(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop every field that is not on the list (a structlog processor)."""
    return {key: value for key, value in event.items() if key in FIELDS or key.startswith("_")}


def _without_message(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep of a foreign record (Django, allauth) its logger and level: its text may hold a path."""
    event["event"] = str(event.get("logger", "foreign"))
    return event


def _without_words(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep of an exception its kind and where it rose: its words may quote what somebody wrote."""
    told = event.pop("exc_info", None)
    error = told[1] if isinstance(told, tuple) else sys.exception() if told is True else told
    if isinstance(error, BaseException):
        event["exception"] = _kind_and_place(error)
    return event


def _kind_and_place(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    ways = [
        f"  {frame.f_code.co_filename}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        ways.append(f"after {_kind_and_place(before)}")
    return "\n".join([kind, *ways])


def logging_config(*, json_lines: bool) -> dict[str, Any]:
    """Return Django's LOGGING: our events in full, foreign ones without their text."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json_lines
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    shared = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "events": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*shared, _without_message],
                "processors": [
                    _without_words,
                    only_named_fields,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "events"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"linli": {"level": "INFO"}},
    }


def configure(config: dict[str, Any]) -> None:
    """Set up logging and structlog (Django's LOGGING_CONFIG)."""
    logging.config.dictConfig(config)
    structlog.configure(
        processors=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
