"""Settings that every installation shares; what differs between machines comes from the environment.

What an office decides (dates, texts, amounts, rubrics, notice days) is edited in the CMS, never here.
"""

from pathlib import Path

import django
import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from portal.bucket_address import options_of

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
# Everything the running portal writes and nobody may fetch by address: database, private files, mail in dev.
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
PORT = env.int("PORT", default=8000)  # where one machine serves (run_portal)
BASE_URL = env("BASE_URL", default=f"http://127.0.0.1:{PORT}")

INSTALLED_APPS = [
    "brands",
    "forms_app",
    "portal.workspace",
    "portal.cms",
    "portal.messaging",
    "portal.lifecycle",
    "portal.units",
    "wagtail_modeladmin",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.api.v2",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.units.apps.WagtailUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "portal.cms.quiet_admin.QuietAdminConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "allauth",
    "allauth.account",
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.addresses.drop_nul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.cms.headless.cross_origin.cross_origin",
    "portal.cms.page_cache.page_cache",
    "portal.cms.moderation.on_time.on_time",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.units.middleware.idle_clock",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.units.middleware.vouched_for",
    "portal.workspace.editors.keep_for_editors",
    "portal.units.middleware.idle_notice",
    "portal.units.middleware.forced_password_change",
    "portal.cms.content_policy.ContentPolicyMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- data ---------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    # Without WAL and IMMEDIATE, eight people who save at once lose most saves to "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
    if REDIS_URL
    else {
        # One machine, several processes: the database cache is the one they all see.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # Django keeps 300 and drops a third of them beyond: forms that wait for their writer, and who tried how often.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Wagtail keeps a scaled picture here each time it shows one, also where it had it from the database already: as rows of
    # a cache that would be a write for each picture of each page. The lists read theirs with one query (brands.pictures).
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

# Public pages are kept in the memory of each web process under a number that all of them read: from a file where SQLite keeps
# everything on one machine, else from the cache above, which then has to be one that all machines share.
PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
PAGE_CACHE_FILE = (
    str(VAR_DIR / "page-generation")
    if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3" and not REDIS_URL
    else ""
)
PAGE_CACHE_PATHS = (
    "/notices/",
    "/policies/",
    "/calls/",
    "/brands/",
    "/privacy/",
    "/accessibility/",
    "/feed/",
    "/sitemap.xml",
    "/api/",
)
PAGE_CACHE_PARAMETERS = frozenset(
    {
        "page",
        "year",
        "category",
        "unit",
        "award",
        "kind",
        "type",
        "fields",
        "order",
        "limit",
        "offset",
        "locale",
    }
)

# --- people -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = [
    "portal.units.backends.NameOrStaffNumberBackend",
    "forms_app.review.inviting.InvitationBackend",
    "portal.units.campus.backend.CampusBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "portal.units.passwords.LengthAndKindsValidator"},
    {"NAME": "portal.units.passwords.NotOwnNameValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60  # seconds
ACCOUNT_ADAPTER = "portal.units.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "portal.units.forms.LoginForm",
    "change_password": "portal.units.forms.ChangePasswordForm",
    "reset_password": "portal.units.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.units.forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
# Failed sign-ins are counted by portal.units.lockout; a campus behind one address may sign in at once.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
# How many proxies of our own stand before the web server (1 in production): who is locked out, and who stands in the audit
# record, must be the client and not the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# The campus' own sign-in beside the local accounts; none where nothing is set.
SSO_KIND = env("SSO_KIND", default="")  # cas or oidc
SSO_URL = env("SSO_URL", default="")  # the CAS server, or the issuer
SSO_CLIENT_ID = env("SSO_CLIENT_ID", default="")
SSO_CLIENT_SECRET = env("SSO_CLIENT_SECRET", default="")
SSO_STAFF_NO = env("SSO_STAFF_NO", default="")  # the attribute or claim that holds the staff number
SSO_LABEL = env("SSO_LABEL", default="")
LOGIN_URL = "/accounts/login/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 30 * 60  # seconds; level 2 of 等级保护 asks for an idle limit of 30 minutes
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # the cookie outlives the idle limit, so that we can say why
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
WAGTAILAPI_LIMIT_MAX = 20
REST_FRAMEWORK = {
    "URL_FORMAT_OVERRIDE": None
}  # `format` is a parameter like any other that nobody knows
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", _("简体中文"))]
LOCALE_PATHS = [
    BASE_DIR / "locale",
    # Completes Wagtail's own catalogue on screens that the office uses.
    BASE_DIR / "portal" / "cms" / "catalogue",
    # Holds the words of date filters, which the registers borrow from an app that is not installed.
    Path(django.__file__).parent / "contrib/admin/locale",
]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["portal.formats"]

# --- files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(BASE_DIR / "media")))
PRIVATE_ROOT = Path(env("PRIVATE_ROOT", default=str(VAR_DIR / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "portal.cms.files.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# An S3-compatible bucket instead of the two folders (needs requirements/s3.txt).
if STORAGE_URL := env("STORAGE_URL", default=""):
    for _alias, _storage, _folder in (
        ("default", "MediaBucket", "media"),
        ("private", "PrivateBucket", "private"),
    ):
        STORAGES[_alias] = {
            "BACKEND": f"portal.cms.files.buckets.{_storage}",
            "OPTIONS": options_of(STORAGE_URL) | {"location": _folder},
        }
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- wagtail ------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "一会一品"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.Document"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.cms.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.cms.forms.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = (
    False  # a scheduled revision going live must not end the review of the next one
)
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.cms.moderation.publishing.publish_approved"
# Every save is an edit with an author, who may not review it, and sends the review back to 初审: saving is deliberate.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # one place to change it: /accounts/password/change/
WAGTAILUSERS_PASSWORD_ENABLED = False  # nobody types another's password: initial ones are drawn
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_COMMENTS_ENABLED = False  # their mails would pass by the outbox
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.cms.search_backend"}}
if SEARCH_URL := env("SEARCH_URL", default=""):
    # OpenSearch through Wagtail's own backend (requirements/opensearch.txt); Chinese by pairs of characters there as well.
    # What is kept holds single characters too, so that one can be asked for; a question is made of pairs only, else the
    # two characters of a word would be found far from each other.
    KEPT, ASKED = (
        {"tokenizer": "standard", "filter": ["cjk_width", "lowercase", pairs]}
        for pairs in ("cjk_pairs_and_singles", "cjk_bigram")
    )
    WAGTAILSEARCH_BACKENDS["default"] = {
        "BACKEND": "wagtail.search.backends.opensearch3",
        "URLS": [SEARCH_URL],
        "INDEX_PREFIX": "portal_",
        "INDEX_SETTINGS": {
            "settings": {
                "analysis": {
                    "filter": {
                        "cjk_pairs_and_singles": {"type": "cjk_bigram", "output_unigrams": True}
                    },
                    "analyzer": {
                        "default": KEPT,
                        "default_search": ASKED,
                        "edgengram_analyzer": KEPT,
                    },
                }
            }
        },
    }

# --- security -----------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "portal.workspace.keeping.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF],
        # A film of a brand, and only after a click on its notice; nothing of it is asked for before.
        "frame-src": [SELF, "https://player.bilibili.com"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

# Wagtail's screens: their inline scripts and styles, nothing from elsewhere.
ADMIN_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **CONTENT_SECURITY_POLICY["DIRECTIVES"],
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
    }
}

# Sites whose scripts may read the API, e.g. https://news.example.edu.cn; * for all. Nobody by default.
API_ALLOWED_ORIGINS = env.list("API_ALLOWED_ORIGINS", default=[])
# Where a front end of its own shows drafts to editors, e.g. https://news.example.edu.cn/preview; none by default.
HEADLESS_PREVIEW_URL = env("HEADLESS_PREVIEW_URL", default="")

# --- mail, messages, work in the background -----------------------------------------------------

vars().update(env.email("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="yihuiyipin@localhost")
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=REDIS_URL or "memory://localhost")
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 0}
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "schedule")
# Everything that happens by the clock, and every how many seconds. A task may run late or twice and has to bear it.
_EVERY = {
    "portal.messaging.tasks.deliver_messages": 10,
    "portal.messaging.tasks.run_jobs": 3,
    "portal.messaging.tasks.clear_jobs": 60 * 60,
    "portal.messaging.tasks.beat_heart": 60,
    "portal.units.tasks.clear_sessions": 6 * 60 * 60,
    "forms_app.tasks.tell_by_the_clock": 60,
    "forms_app.tasks.clean_up_filling": 6 * 60 * 60,
    "portal.workspace.tasks.forget_presence": 6 * 60 * 60,
    "portal.cms.tasks.publish_scheduled": 5,
    "brands.tasks.make_pictures_ready": 60,
    "brands.tasks.tell_of_summaries": 60,
}
CELERY_BEAT_SCHEDULE = {
    # A tick that still waits when the next one comes is dropped: behind long work they would queue up.
    task: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
    for task, seconds in _EVERY.items()
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Both write a line for every page and index entry; what people did stands in Wagtail's own history.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
