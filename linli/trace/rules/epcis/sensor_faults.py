"""What is wrong with what sensors reported in an event (EPCIS 2.0 §7.3.7). Pure."""

from typing import Final

from linli.trace.rules.epcis import vocabulary
from linli.trace.rules.epcis.field_faults import (
    Check,
    each,
    fields,
    hexadecimal,
    number,
    text,
    time,
    truth,
    uri,
    word,
)

_METADATA: Final[dict[str, Check]] = {
    "time": time, "startTime": time, "endTime": time, "deviceID": uri, "deviceMetadata": uri, "rawData": uri,
    "dataProcessingMethod": uri, "bizRules": uri,
}  # fmt: skip
_REPORT: Final[dict[str, Check]] = {
    "type": word(vocabulary.MEASUREMENT), "exception": word(vocabulary.ALERT), "deviceID": uri,
    "deviceMetadata": uri, "rawData": uri, "dataProcessingMethod": uri, "time": time, "microorganism": uri,
    "chemicalSubstance": uri, "coordinateReferenceSystem": uri, "value": number,
    "component": word(vocabulary.COMPONENT), "stringValue": text, "booleanValue": truth,
    "hexBinaryValue": hexadecimal, "uriValue": uri, "minValue": number, "maxValue": number, "meanValue": number,
    "sDev": number, "percRank": number, "percValue": number, "uom": text,
    "bizRules": uri,  # not in the schema, yet in published events and their hashes
}  # fmt: skip
sensors: Final = each(
    fields(
        {
            "sensorMetadata": fields(_METADATA),
            "sensorReport": each(fields(_REPORT, ("type",)), least=1),
        },
        ("sensorReport",),
    )
)
