"""Every address of the installation: each room brings its own. Editorial pages come last: they match anything."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.editorial.views import stylesheet

handler500 = "portal.unavailable.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("site.css", stylesheet, name="site_stylesheet"),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("api.urls")),
    # The few pictures of editorial pages; a busy installation lets its proxy serve them.
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    *i18n_patterns(
        path("", include("frontend.urls")),
        path("", include(wagtail_urls)),
    ),
]
