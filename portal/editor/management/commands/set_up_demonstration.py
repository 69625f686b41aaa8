"""Sites, pages and people of the demonstration: `manage.py set_up_demonstration`, after load_demonstration."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Count, Q

from portal.editor import workflow
from portal.editorial import sites
from portal.editorial.demonstration import content, home_body, home_number, home_translations
from services_catalog import models
from services_catalog.choices import Role
from services_catalog.models.membership import MembershipRole

PASSWORD = "portolano-di-prova"  # noqa: S105  # known to everybody: the command refuses where the data is real
TERRITORY = "valdarmonia"
PARTNERS = ("caritas", "emmaus")


class Command(BaseCommand):
    help = "Makes the sites, home pages and accounts of the demonstration; a second time changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("refused: DEMONSTRATION is not set, and these accounts have a password everybody knows")
        territories = list(models.Territory.objects.all())
        if not territories:
            raise CommandError("there are no territories: run load_demonstration first")
        with transaction.atomic():
            workflow.ensure()
            self._sites(territories)
            accounts = self._accounts()
        lines = [f"{name:<10} {what}" for name, what in accounts]
        text = "\n".join([*lines, f"password   {PASSWORD}", ""])
        (settings.VAR_DIR / "demonstration-accounts.txt").write_text(text)
        self.stdout.write(text)

    def _sites(self, territories: list[models.Territory]) -> None:
        everybody = sites.home("portolano", "Portolano", home_body(None), home_translations(), "")
        sites.open_site(None, "localhost", settings.PORT, everybody, default=True)
        content(everybody)
        for territory in territories:
            number = home_number(territory)
            page = sites.home(territory.slug, str(territory), home_body(territory), home_translations(), number)
            sites.open_site(territory, f"{territory.slug}.localhost", settings.PORT, page)
            sites.let_staff_edit(territory, page)

    def _accounts(self) -> list[tuple[str, str]]:
        territory = models.Territory.objects.filter(slug=TERRITORY).first() or models.Territory.objects.first()
        if territory is None:
            return []
        made = [("admin", "administrator of the installation")]
        _person("admin", "Admin", superuser=True)
        for name, role, what in (
            ("sara", MembershipRole.STAFF, "staff: approves and publishes"),
            ("piero", MembershipRole.OPERATOR, "phone operator: reads, does not edit"),
            ("custode", MembershipRole.CUSTODIAN, "custodian: opens protected places, in writing"),
        ):
            _member(_person(name, name.title()), role, territory=territory)
            made.append((name, f"{what} ({territory})"))
        for name, organization in zip(PARTNERS, _partners(territory), strict=False):
            _member(_person(name, name.title()), MembershipRole.EDITOR, organization=organization)
            made.append((name, f"partner: edits and submits ({organization})"))
        return made


def _person(name: str, first_name: str, *, superuser: bool = False) -> Any:
    users: Any = get_user_model().objects
    user, new = users.get_or_create(username=name, defaults={"first_name": first_name, "is_superuser": superuser})
    if new:
        user.set_password(PASSWORD)
        user.save()
    return user


def _member(user: Any, role: str, **of: Any) -> None:
    models.Membership.objects.get_or_create(user=user, role=role, **of)


def _partners(territory: models.Territory) -> list[models.Organization]:
    """Two organizations that run services: those whose names are asked for, else those that run most."""
    runs = Count("services", filter=Q(services__role=Role.RUNS))
    ranked = models.Organization.objects.filter(territory=territory).annotate(runs=runs).filter(runs__gt=0)
    named = [ranked.filter(name__icontains=name).order_by("-runs", "name").first() for name in PARTNERS]
    rest = iter(row for row in ranked.order_by("-runs", "name") if row not in named)
    return [partner for row in named if (partner := row or next(rest, None))]
