from .adjustment import Adjustment, Answer
from .call import CallIndexPage, CallPage, Extension
from .coverage import CallReminder, Exemption
from .decision import Decision, Outcome
from .entry import Entry, EntryEvent, EntryVersion, VersionReason
from .files import Attachment
from .formdef import FormDefinition, FormKind, FormVersion
from .notice import OPEN_OBJECTION, Objection, ObjectionEvent, ObjectionStatus, PublicNotice
from .review import (
    Assignment,
    Criterion,
    FormerReview,
    Recusal,
    RecusalGround,
    Review,
    Rubric,
    Score,
)
from .signoff import Conclusion, FieldComment, SignOff, SignOffLevel
from .status import EntryStatus
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
    "Conclusion",
    "Criterion",
    "DayKind",
    "Decision",
    "Entry",
    "EntryEvent",
    "EntryStatus",
    "EntryVersion",
    "Exemption",
    "Extension",
    "FieldComment",
    "FormDefinition",
    "FormKind",
    "FormVersion",
    "FormerReview",
    "Hue",
    "Objection",
    "ObjectionEvent",
    "ObjectionStatus",
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
    "VersionReason",
]
