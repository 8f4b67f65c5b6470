"""The published schema of Open311's GeoReport, mended where it contradicts its own standard."""

import json
from pathlib import Path
from typing import Any

SWAGGER = (
    Path(__file__).resolve().parents[2] / "shared/conformance/open311/georeport-v2-swagger.json"
)
# What is more often asked right, so that the fuzzing comes past the door.
_OPEN311_STATUSES = ("400", "403", "404", "409", "429")


def open311() -> dict[str, Any] | None:
    """Return the published schema of GeoReport, mended where it contradicts its own standard; None when absent.

    The address of one request, the formats, requests sent as a form, lists where the standard shows lists,
    and the statuses of its errors.
    """
    if not SWAGGER.exists():
        return None
    raw: dict[str, Any] = json.loads(SWAGGER.read_text())
    raw["basePath"] = "/open311/v2"
    raw["parameters"]["response_format"]["enum"] = ["json"]
    raw["parameters"]["jurisdiction_id"]["required"] = False
    paths = raw["paths"]
    paths["/requests/{service_request_id}.{response_format}"] = paths.pop(
        "/request/{service_request_id}.{response_format}"
    )
    for path, methods in paths.items():
        for method, operation in methods.items():
            _mend(path, method, operation)
    return raw


def _mend(path: str, method: str, operation: dict[str, Any]) -> None:
    good = operation["responses"]["200"]["schema"]
    if path.startswith(("/requests/", "/tokens/")) and good.get("type") != "array":
        operation["responses"]["200"]["schema"] = {"type": "array", "items": good}
    operation["produces"] = ["application/json"]
    errors = {"type": "array", "items": {"type": "object", "required": ["code", "description"]}}
    for status in _OPEN311_STATUSES:
        operation["responses"][status] = {"description": "errors", "schema": errors}
    if method == "post":
        operation["consumes"] = ["application/x-www-form-urlencoded"]
        for parameter in operation["parameters"]:
            if parameter.get("in") == "query":
                parameter["in"] = "formData"
                if parameter["type"] == "array":
                    parameter["type"] = "string"
                    parameter.pop("items", None)
