"""Why a login by a provider ends: a word for the log, which says nothing of the person."""

from enum import StrEnum

from allauth.socialaccount.providers.oauth2.client import OAuth2Error


class Reason(StrEnum):
    STATE = "state", "svaret hör inte till en inloggning som började här, eller har redan använts"
    SIGNATURE = "signature", "intyget är inte undertecknat av kommunens inloggning"
    ALGORITHM = "algorithm", "intyget är undertecknat på ett sätt som inte godtas"
    ISSUER = "issuer", "intyget är utfärdat av någon annan än kommunens inloggning"
    AUDIENCE = "audience", "intyget är utfärdat till ett annat system"
    EXPIRED = "expired", "intyget gäller inte längre"
    NONCE = "nonce", "intyget hör till en annan inloggning"
    SUBJECT = "subject", "två svar från kommunens inloggning gäller olika personer"
    MALFORMED = "malformed", "svaret från kommunens inloggning går inte att läsa"
    LEVEL = "level", "inloggningen gjordes på en lägre tillitsnivå än den som krävs"
    UID = "uid", "svaret saknar den uppgift som kontot känns igen på"
    NO_GROUP = "no_group", "ingen av dina grupper ger behörighet i Skillnad"
    DISABLED = "disabled", "kontot är avstängt i Skillnad"
    CANCELLED = "cancelled", "inloggningen avbröts"
    ENDED = "ended", "kommunens inloggning säger att du är utloggad"
    SILENT = "silent", "kommunens inloggning svarar inte"

    label: str

    def __new__(cls, value: str, label: str = "") -> "Reason":
        reason = str.__new__(cls, value)
        reason._value_, reason.label = value, label
        return reason


class Refused(OAuth2Error):
    """A login that is not let in. It is an error of allauth's own kind, which its views know how to end on."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
