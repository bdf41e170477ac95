"""Addresses of the design system: the language switch."""

from django.urls import path, register_converter

from tequio.kernel.web import views


class LanguageConverter:
    """en or es."""

    regex = "en|es"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(LanguageConverter, "language")

urlpatterns = [
    path("language/<language:language>/", views.language, name="language"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
