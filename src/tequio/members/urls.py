"""Addresses of the members' administration: imports, merging, leaving, the log of contacts, who signs in."""

from django.urls import path, register_converter

from tequio.members.views import access, confirming, duplicates, imports, mapping, merging, staying


class PartConverter:
    """A list of a preview or a result that is offered as CSV."""

    regex = "made|changed|contacts|rejected|questions|duplicates"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(PartConverter, "part_of_import")

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new_import, name="new_import"),
    path("imports/<int:import_pk>/", imports.one_import, name="import"),
    path("imports/<int:import_pk>/<part_of_import:part>.csv", imports.import_csv, name="import_csv"),
    path("imports/<int:import_pk>/columns/", mapping.columns, name="import_columns"),
    path("imports/<int:import_pk>/preview/", confirming.preview, name="import_preview"),
    path("imports/<int:import_pk>/confirm/", confirming.confirm, name="import_confirm"),
    path("imports/<int:import_pk>/carry-on/", confirming.carry_on, name="carry_on_import"),
    path("imports/<int:import_pk>/discard/", confirming.discard, name="import_discard"),
    path("members/merge/", merging.merge, name="merge"),
    path("members/duplicates/", duplicates.duplicates, name="duplicates"),
    path("members/<int:member_pk>/merge/undo/", merging.undo_merge, name="undo_merge"),
    path("members/<int:member_pk>/leave/", staying.leave, name="leave"),
    path("members/<int:member_pk>/contact/", staying.log_contact, name="log_contact"),
    path("members/<int:member_pk>/access/", access.member_access, name="member_access"),
]
