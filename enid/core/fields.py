"""Fields that every chapter's forms share."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enid.core.text import clean_line, shows_something

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise


class Line(forms.CharField):
    """One line without control characters or marks that turn the direction of writing."""

    def __init__(
        self, label: "Text", most: int, *, required: bool = True, help: "Text" = "", **more: Any
    ) -> None:
        super().__init__(label=label, max_length=most, required=required, help_text=help, **more)

    def to_python(self, value: object) -> str:
        """Return the line cleaned."""
        return clean_line(super().to_python(value) or "")


class Name(Line):
    """A name that others read, of a person or a group: something of it can be seen."""

    def to_python(self, value: object) -> str:
        """Return the name cleaned.

        raises: ValidationError when something was typed and nothing of it shows
        """
        name = super().to_python(value)
        if str(value or "").strip() and not shows_something(name):
            raise ValidationError(
                _("This name cannot be seen. Please write it with letters, digits or signs."), code="unseen"
            )
        return name
