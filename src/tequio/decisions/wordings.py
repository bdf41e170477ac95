"""The words and effects of a version as the rules read them, and as its row holds them."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from tequio.decisions.models import Version
from tequio.rules.amending import Content
from tequio.rules.reasons import Language, Text
from tequio.rules.translations import Marks
from tequio.rules.wording import Field, Words


def words_of(*, version: Version) -> Words:
    """What a version says."""
    return Words(
        original=cast("Language", version.original),
        ask=Text(en=version.ask_en, es=version.ask_es),
        text=Text(en=version.text_en, es=version.text_es),
        resources=Text(en=version.resources_en, es=version.resources_es),
        in_favor=Text(en=version.for_en, es=version.for_es),
        against=Text(en=version.against_en, es=version.against_es),
    )


def content_of(*, version: Version) -> Content:
    """What a version says and would do."""
    return Content(words=words_of(version=version), effects=bare(effects=version.effects))


def bare(*, effects: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Effects without what they were written against: what people change is their kind and data."""
    return tuple({"kind": effect["kind"], "data": effect["data"]} for effect in effects)


def marks_of(*, version: Version) -> Marks:
    """When each language of a version was last written or looked through."""
    return Marks(en=version.en_as_of, es=version.es_as_of)


def columns_of(*, words: Words, marks: Marks) -> dict[str, Any]:
    """Words and marks as the columns of a version."""
    columns: dict[str, Any] = {"original": words.original, "en_as_of": marks.en, "es_as_of": marks.es}
    for field in Field:
        said = words.of(field)
        columns |= {f"{field.value}_en": said.en, f"{field.value}_es": said.es}
    return columns
