"""The product's addresses, and the baseline's under /baseline/."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from portal.urls import urlpatterns as product
from tests.benchmarks.baseline import BaselineServices

router = SimpleRouter(trailing_slash=False)
router.register("services", BaselineServices, basename="baseline-service")

urlpatterns = [path("baseline/", include(router.urls)), *product]
