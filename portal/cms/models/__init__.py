from .base import BasePage, DocumentedPage
from .home import HomePage
from .media import Document, Picture, Rendition
from .notices import NoticeIndexPage, NoticePage
from .policies import PolicyIndexPage, PolicyPage, Validity
from .site import SiteSettings
from .standard import StandardPage
from .workflow import ReviewStage, ReviewTask

__all__ = [
    "BasePage",
    "Document",
    "DocumentedPage",
    "HomePage",
    "NoticeIndexPage",
    "NoticePage",
    "Picture",
    "PolicyIndexPage",
    "PolicyPage",
    "Rendition",
    "ReviewStage",
    "ReviewTask",
    "SiteSettings",
    "StandardPage",
    "Validity",
]
