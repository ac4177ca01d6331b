"""Django's settings: the one file, and all that differs between installations comes from the environment."""

from skillnad.analysis.disclosure.policy_files import municipal_policy
from skillnad.config.environment import database_settings
from skillnad.config.settings_shown import checked_environment
from skillnad.config.site import (
    AUTH_USER_MODEL,
    CONTENT_SECURITY_POLICY,
    DEFAULT_AUTO_FIELD,
    LANGUAGE_CODE,
    LANGUAGES,
    SECURE_REFERRER_POLICY,
    TIME_ZONE,
    USE_I18N,
    USE_TZ,
    X_FRAME_OPTIONS,
    logging_of,
    templates,
)

__all__ = [
    "AUTH_USER_MODEL",
    "CONTENT_SECURITY_POLICY",
    "DEFAULT_AUTO_FIELD",
    "LANGUAGES",
    "LANGUAGE_CODE",
    "SECURE_REFERRER_POLICY",
    "TIME_ZONE",
    "USE_I18N",
    "USE_TZ",
    "X_FRAME_OPTIONS",
]

ENVIRONMENT = checked_environment()
SKILLNAD_MODE = ENVIRONMENT.mode
SKILLNAD_HOME = ENVIRONMENT.home
SKILLNAD_KEY_FILE = ENVIRONMENT.key_file
SKILLNAD_CHECKPOINTS = ENVIRONMENT.checkpoints
SKILLNAD_CHECKPOINT_EVENTS = ENVIRONMENT.checkpoint_events
SKILLNAD_SIGN_IN = ENVIRONMENT.sign_in
SKILLNAD_BACKUP_RECIPIENT = ENVIRONMENT.backup_recipient
SKILLNAD_BACKUP_DAYS = ENVIRONMENT.backup_days
SKILLNAD_SECOND_FACTOR = ENVIRONMENT.second_factor
SKILLNAD_LOCAL_CODEBOOK = ENVIRONMENT.local_codebook
SKILLNAD_LOCAL_INSTRUMENTS = ENVIRONMENT.local_instruments
SKILLNAD_POLICY = municipal_policy(ENVIRONMENT.local_codebook)
SKILLNAD_SNAPSHOT = SKILLNAD_EXPLORE_KEY = None  # the newest of the register; `config.explore` is of one

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)

INSTALLED_APPS = [
    "skillnad.web",  # first: its templates go before allauth's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "csp",
    "skillnad.audit",
    "skillnad.organisation",
    "skillnad.register",
    "skillnad.collection",
    "skillnad.snapshots",
    "skillnad.stewardship",
    "skillnad.improvement",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "skillnad.web.signing.session_limits.SessionLimitsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "skillnad.web.signing.asking_again.AskAgainMiddleware",
    "skillnad.web.shared.area.AreaMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "skillnad.web.signing.second_factor.SecondFactorMiddleware",
]

TEMPLATES = templates(
    "django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"
)

ROOT_URLCONF = "skillnad.config.urls"
WSGI_APPLICATION = "skillnad.config.wsgi.application"

DATABASES = {"default": database_settings(ENVIRONMENT.database_url)}

# Signing in: logins are given out, not taken, and nothing is told about which names exist.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "skillnad.organisation.signing_in.ClosedAdapter"
SOCIALACCOUNT_ADAPTER = "skillnad.organisation.sign_in.adapter.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
MFA_ADAPTER = "skillnad.organisation.second_factor.SealingAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Skillnad"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute wrong
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# allauth counts sign-in attempts here, and the count must be shared by the processes that serve the site.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(SKILLNAD_HOME / "cache"),
    }
}

STATIC_URL = "static/"
STATIC_ROOT = SKILLNAD_HOME / "static"
WHITENOISE_USE_FINDERS = not ENVIRONMENT.safe
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if ENVIRONMENT.safe
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
}

SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENVIRONMENT.https else 0

LOGGING = logging_of()
