"""What accounts add to Wagtail's admin."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from portal.accounts.viewsets import MembershipViewSet, OpeningViewSet


@hooks.register("register_admin_viewset")
def people() -> list[ViewSet]:
    return [MembershipViewSet(), OpeningViewSet()]
