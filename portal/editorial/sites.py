"""A territory's site: its host name, its home page, and the group of its staff, who write the pages."""

import json
from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from portal.editorial.models import HomePage, TerritorySite
from services_catalog.models import Territory

PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
IMAGE_PERMISSIONS = ("add_image", "choose_image")


def tree_root() -> Page:
    return Page.get_first_root_node()


def home(
    slug: str, title: str, body: list[dict[str, Any]], translations: list[dict[str, Any]], number: str
) -> HomePage:
    """The home page with this slug under the root, made if it is not there, and left alone if it is."""
    found = HomePage.objects.child_of(tree_root()).filter(slug=slug).first()
    if found is not None:
        standing: HomePage = found
        return standing
    page = HomePage(slug=slug, title=title, number=number, body=json.dumps(body), translations=json.dumps(translations))
    tree_root().add_child(instance=page)
    page.save_revision().publish()
    return page


def open_site(territory: Territory | None, hostname: str, port: int, page: HomePage, *, default: bool = False) -> Site:
    """The site at `hostname`, of a territory, or of all where None."""
    if default:
        Site.objects.exclude(hostname=hostname).update(is_default_site=False)
    site, _made = Site.objects.update_or_create(
        hostname=hostname,
        defaults={"port": port, "root_page": page, "site_name": page.title, "is_default_site": default},
    )
    TerritorySite.objects.update_or_create(site=site, defaults={"territory": territory})
    return site


def staff_group(territory: Territory) -> Group:
    """The group through which Wagtail lets a territory's staff at its pages."""
    group, _made = Group.objects.get_or_create(name=group_name(territory))
    return group


def group_name(territory: Territory) -> str:
    return f"Redazione {territory.slug}"


def let_staff_edit(territory: Territory, page: HomePage) -> None:
    """Give the territory's staff its pages and pictures."""
    group = staff_group(territory)
    for permission in Permission.objects.filter(codename__in=PAGE_PERMISSIONS, content_type__app_label="wagtailcore"):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name=group.name).first() or root.add_child(name=group.name)
    for permission in Permission.objects.filter(codename__in=IMAGE_PERMISSIONS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
