from .adjustment import Adjustment, Answer
from .call import CallPage, Extension, Method, OthersShown
from .call_index import CallIndexPage
from .check import CheckRecord
from .coverage import CallReminder, Exemption
from .decision import Decision, Outcome
from .defence import Draw, Turn
from .entry import Entry, EntryEvent, EntryVersion, VersionReason
from .files import Attachment
from .formdef import FormDefinition, FormKind, FormVersion
from .notice import OPEN_OBJECTION, Objection, ObjectionEvent, ObjectionStatus, PublicNotice
from .panel import Invitation
from .review import (
    Assignment,
    Criterion,
    FormerAssignment,
    FormerRecusal,
    FormerReview,
    NameCleared,
    Recusal,
    RecusalGround,
    Review,
    Rubric,
    Score,
    Vote,
)
from .signoff import Conclusion, FieldComment, SignOff, SignOffLevel
from .status import EntryStatus
from .template import FormTemplate
from .upload import HalfUpload
from .year import CalendarDay, Category, DayKind, Hue, ProgrammeYear

__all__ = [
    "OPEN_OBJECTION",
    "Adjustment",
    "Answer",
    "Assignment",
    "Attachment",
    "CalendarDay",
    "CallIndexPage",
    "CallPage",
    "CallReminder",
    "Category",
    "CheckRecord",
    "Conclusion",
    "Criterion",
    "DayKind",
    "Decision",
    "Draw",
    "Entry",
    "EntryEvent",
    "EntryStatus",
    "EntryVersion",
    "Exemption",
    "Extension",
    "FieldComment",
    "FormDefinition",
    "FormKind",
    "FormTemplate",
    "FormVersion",
    "FormerAssignment",
    "FormerRecusal",
    "FormerReview",
    "HalfUpload",
    "Hue",
    "Invitation",
    "Method",
    "NameCleared",
    "Objection",
    "ObjectionEvent",
    "ObjectionStatus",
    "OthersShown",
    "Outcome",
    "ProgrammeYear",
    "PublicNotice",
    "Recusal",
    "RecusalGround",
    "Review",
    "Rubric",
    "Score",
    "SignOff",
    "SignOffLevel",
    "Turn",
    "VersionReason",
    "Vote",
]
