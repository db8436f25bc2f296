from .adjustment import Adjustment, Answer
from .call import CallIndexPage, CallPage, Extension
from .decision import Decision, Outcome
from .entry import Entry, EntryEvent, EntryVersion, VersionReason
from .files import Attachment
from .formdef import FormDefinition, FormKind, FormVersion
from .notice import Objection, ObjectionEvent, ObjectionStatus, PublicNotice
from .presence import Presence
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
from .upload import HalfUpload
from .year import CalendarDay, Category, DayKind, Hue, ProgrammeYear

__all__ = [
    "Adjustment",
    "Answer",
    "Assignment",
    "Attachment",
    "CalendarDay",
    "CallIndexPage",
    "CallPage",
    "Category",
    "Conclusion",
    "Criterion",
    "DayKind",
    "Decision",
    "Entry",
    "EntryEvent",
    "EntryStatus",
    "EntryVersion",
    "Extension",
    "FieldComment",
    "FormDefinition",
    "FormKind",
    "FormVersion",
    "FormerReview",
    "HalfUpload",
    "Hue",
    "Objection",
    "ObjectionEvent",
    "ObjectionStatus",
    "Outcome",
    "Presence",
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
