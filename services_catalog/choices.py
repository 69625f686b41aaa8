"""The closed vocabularies of the catalogue. Open ones (needs, target groups, languages …) are TaxonomyTerms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may see a thing, from everybody to nobody.

    `sealed` (refuges, communities for minors) fails closed: no reader's record holds it, operators see how to refer.
    """

    PUBLIC = "public", _("everybody")
    OPERATOR = "operator", _("phone operators and professionals")
    SEALED = "sealed", _("nobody: a protected place")


class Caller(models.TextChoices):
    """Who is admitted to call or come."""

    CITIZENS = "citizens", _("citizens")
    POLICE = "police", _("police")
    HEALTH = "health", _("health services")
    COURTS = "courts", _("courts")
    SOCIAL_SERVICES = "social_services", _("social services")


class Status(models.TextChoices):
    """The life of a service or a program. Only an active one, within its dates, can be open."""

    PLANNED = "planned", _("planned")
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")


class Role(models.TextChoices):
    """What an organization does for a service or a program."""

    RUNS = "runs", _("runs it")
    FUNDS = "funds", _("funds it")
    REFERS = "refers", _("refers people to it")
    COORDINATES = "coordinates", _("coordinates it")
    LEADS = "leads", _("leads it")
    PARTNER = "partner", _("is a partner")


class IdentifierScheme(models.TextChoices):
    """Registers that know an organization."""

    TAX_CODE = "tax_code", _("tax code")
    VAT = "vat", _("VAT number")
    RUNTS = "runts", _("RUNTS, the third sector's register")
    IPA = "ipa", _("IPA, the public administrations' index")


class LegalForm(models.TextChoices):
    """Kinds of bodies that take part in a territory's services (d.lgs. 117/2017 for the third sector's)."""

    NOT_STATED = "", _("not stated")
    COMUNE = "comune", _("municipality")
    PUBLIC_BODY = "public_body", _("other public body")
    SOCIAL_COOPERATIVE = "social_cooperative", _("social cooperative")
    ODV = "odv", _("volunteer organization (ODV)")
    APS = "aps", _("social promotion association (APS)")
    ASSOCIATION = "association", _("association")
    FOUNDATION = "foundation", _("foundation")
    RELIGIOUS_BODY = "religious_body", _("religious body")
    COMPANY = "company", _("company")


class LocationType(models.TextChoices):
    """HSDS's location_type, and the unit that moves."""

    PHYSICAL = "physical", _("a place")
    MOBILE = "mobile", _("a mobile unit's stop")
    VIRTUAL = "virtual", _("online or by phone")


class PhoneType(models.TextChoices):
    """HSDS's phone type, with the personal mobile apart: it is not for everybody unless somebody says so."""

    VOICE = "voice", _("phone")
    FREEPHONE = "freephone", _("freephone")
    MOBILE = "mobile", _("service's mobile")
    PERSONAL_MOBILE = "personal_mobile", _("a person's mobile")
    MESSAGES = "messages", _("text messages or chat")
    FAX = "fax", _("fax")
    TEXTPHONE = "textphone", _("textphone for deaf people")


class Price(models.TextChoices):
    """Whether a service costs anything, where that is stated; one that is free up to an ISEE is both."""

    FREE = "free", _("free")
    PAID = "paid", _("to be paid")


class ScheduleKind(models.TextChoices):
    """What the hours are hours of."""

    OPEN = "open", _("open")
    PHONE = "phone", _("answers the phone")
    ENTRY = "entry", _("entry admitted")
    APPLICATIONS = "applications", _("applications accepted")


class ScheduleRule(models.TextChoices):
    """How a schedule is told."""

    HOURS = "hours", _("at stated hours")
    BY_APPOINTMENT = "by_appointment", _("by appointment")
    OFFICES_CLOSED = "offices_closed", _("when the social office of the caller's comune is closed")
    NOT_STATED = "not_stated", _("not stated")


class Strength(models.TextChoices):
    """How much a rule decides: said not to matter, a precedence, or a condition."""

    UNCONDITIONAL = "unconditional", _("does not matter")
    PREFERENTIAL = "preferential", _("has precedence")
    EXCLUSIVE = "exclusive", _("only")


class Dimension(models.TextChoices):
    """What an eligibility rule is about."""

    AGE = "age", _("age")
    GENDER = "gender", _("gender")
    FAMILY = "family", _("family")
    HOMELESS = "homeless", _("homelessness")
    NON_SELF_SUFFICIENT = "non_self_sufficient", _("non-self-sufficiency")
    DISABILITY = "disability", _("disability")
    VIOLENCE = "violence", _("violence suffered")
    LEGAL_STATUS = "legal_status", _("legal status")
    RESIDENCE = "residence", _("residence")
    ISEE = "isee", _("ISEE")
    REFERRAL = "referral", _("referral")


class Subject(models.TextChoices):
    """Whom a rule looks at: the person helped, or the person who asks in their name."""

    BENEFICIARY = "beneficiary", _("the person helped")
    ASKER = "asker", _("the person who asks")


class Value(models.TextChoices):
    """Values of the dimensions that are lists; `VALUES_OF` says which belong to which."""

    FEMALE = "female", _("women")
    MALE = "male", _("men")
    OTHER_GENDER = "other_gender", _("other genders")
    ALONE = "alone", _("people alone")
    LIVES_ALONE = "lives_alone", _("people living alone")
    COUPLE = "couple", _("couples")
    WITH_MINORS = "with_minors", _("families with children")
    PREGNANT = "pregnant", _("pregnant women")
    ANY_STATUS = "any_status", _("any legal status")
    ITALIAN = "italian", _("Italian citizens")
    EU = "eu", _("EU citizens")
    PERMIT = "permit", _("people with a residence permit")
    ASYLUM = "asylum", _("asylum seekers and refugees")
    UNDOCUMENTED = "undocumented", _("people without documents")
    ANYONE = "anyone", _("anyone, wherever they live")
    PRESENT = "present", _("people present, even if not resident")
    RESIDENT = "resident", _("residents")


VALUES_OF: dict[str, frozenset[str]] = {
    Dimension.GENDER: frozenset({Value.FEMALE, Value.MALE, Value.OTHER_GENDER}),
    Dimension.FAMILY: frozenset({Value.ALONE, Value.LIVES_ALONE, Value.COUPLE, Value.WITH_MINORS, Value.PREGNANT}),
    Dimension.LEGAL_STATUS: frozenset(
        {Value.ANY_STATUS, Value.ITALIAN, Value.EU, Value.PERMIT, Value.ASYLUM, Value.UNDOCUMENTED}
    ),
    Dimension.RESIDENCE: frozenset({Value.ANYONE, Value.PRESENT, Value.RESIDENT}),
    Dimension.REFERRAL: frozenset(Caller.values),
}


class StepKind(models.TextChoices):
    """What a person does to get in, one step at a time."""

    WALK_IN = "walk_in", _("come without an appointment")
    CALL = "call", _("call")
    WRITE = "write", _("write")
    APPOINTMENT = "appointment", _("make an appointment")
    LISTENING_DESK = "listening_desk", _("talk at the listening desk")
    ASSESSMENT = "assessment", _("a social worker looks at the situation")
    APPLICATION = "application", _("apply")
    CARD = "card", _("receive a card")
    REFERRAL = "referral", _("be referred")
    ENTRY = "entry", _("enter")
    SHOP = "shop", _("shop with the card")


class Answer(models.TextChoices):
    """A fact that may be unknown: silence is never a no."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_STATED = "", _("not stated")


class QuotaPeriod(models.TextChoices):
    """What a quota counts over."""

    DAY = "day", _("a day")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class TerritoryKind(models.TextChoices):
    """How the regions call the union of comuni that runs social services (l. 328/2000, art. 8)."""

    AMBITO = "ambito", _("ambito")
    PLUS = "plus", _("PLUS")
    DISTRICT = "district", _("district")
    ATS = "ats", _("ATS")
    CITY = "city", _("city")


class AttributeType(models.TextChoices):
    """What a custom attribute's values are."""

    YES_NO = "yes_no", _("yes or no")
    ONE = "one", _("one of its choices")
    SEVERAL = "several", _("several of its choices")
    NUMBER = "number", _("a whole number")
    TEXT = "text", _("a short text, not translated")
