from .acceptance import Acceptance, Grade
from .activity import Activity
from .award import Award, AwardLevel
from .change import ChangeAspect, ChangeEvent, ChangeKind, ChangeRequest, ChangeStatus
from .demo import DemoStep
from .disbursement import Disbursement
from .guidance import GuidanceNote
from .material import Material, MaterialKind
from .midterm import Conclusion, MidtermCheck, MidtermEvent, MidtermReport, MidtermStatus
from .page import BrandIndexPage, BrandPage, BrandPageActivity, BrandPagePicture, BrandPagePress
from .project import Brand, Project, ProjectEvent, ProjectSummary
from .status import ProjectStatus
from .working_copy import WorkingCopy

__all__ = [
    "Acceptance",
    "Activity",
    "Award",
    "AwardLevel",
    "Brand",
    "BrandIndexPage",
    "BrandPage",
    "BrandPageActivity",
    "BrandPagePicture",
    "BrandPagePress",
    "ChangeAspect",
    "ChangeEvent",
    "ChangeKind",
    "ChangeRequest",
    "ChangeStatus",
    "Conclusion",
    "DemoStep",
    "Disbursement",
    "Grade",
    "GuidanceNote",
    "Material",
    "MaterialKind",
    "MidtermCheck",
    "MidtermEvent",
    "MidtermReport",
    "MidtermStatus",
    "Project",
    "ProjectEvent",
    "ProjectStatus",
    "ProjectSummary",
    "WorkingCopy",
]
