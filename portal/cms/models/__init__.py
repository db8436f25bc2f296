from .base import BasePage, DocumentedPage, IndexPage, know_their_site, unrestricted
from .home import HomePage
from .media import Document, Picture, Rendition
from .notices import NoticeIndexPage, NoticePage
from .policies import PolicyIndexPage, PolicyPage, Validity
from .remark import Remark
from .site import SiteSettings
from .standard import StandardPage
from .workflow import ReasonForm, Return, ReviewStage, ReviewTask, authors_of

__all__ = [
    "BasePage",
    "Document",
    "DocumentedPage",
    "HomePage",
    "IndexPage",
    "NoticeIndexPage",
    "NoticePage",
    "Picture",
    "PolicyIndexPage",
    "PolicyPage",
    "ReasonForm",
    "Remark",
    "Rendition",
    "Return",
    "ReviewStage",
    "ReviewTask",
    "SiteSettings",
    "StandardPage",
    "Validity",
    "authors_of",
    "know_their_site",
    "unrestricted",
]
