"""What the kernel keeps: staff and their desks, the subjects of what is sealed, looks at them, grants, messages."""

from linli.kernel.models.desk import MailChoice, Marker, Notification, SavedView
from linli.kernel.models.edition import Edition
from linli.kernel.models.grant import BreakGlass, Grant
from linli.kernel.models.look import (
    Checkpoint,
    Cosignature,
    LogHead,
    LogLeaf,
    LogNode,
    Look,
    LookCount,
)
from linli.kernel.models.staff import Staff, StaffStep
from linli.kernel.models.subject import Subject
from linli.kernel.models.texts import TextEdition
from linli.kernel.models.traffic import Answered, ApiKey, Message

__all__ = [
    "Answered",
    "ApiKey",
    "BreakGlass",
    "Checkpoint",
    "Cosignature",
    "Edition",
    "Grant",
    "LogHead",
    "LogLeaf",
    "LogNode",
    "Look",
    "LookCount",
    "MailChoice",
    "Marker",
    "Message",
    "Notification",
    "SavedView",
    "Staff",
    "StaffStep",
    "Subject",
    "TextEdition",
]
