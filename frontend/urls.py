"""The public addresses, under the language's prefix."""

from django.urls import path

from frontend.public import views

app_name = "frontend"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.suggestions, name="suggestions"),
    path("services/<uuid:key>/", views.service, name="service"),
    path("places/<uuid:key>/", views.place, name="place"),
    path("numbers/", views.numbers, name="numbers"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
