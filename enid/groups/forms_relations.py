"""Forms by which a person names others: by address, since nothing here may tell who has an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from enid.groups.forms import Address, PlainForm
from enid.groups.relation_models import Relation


class WishForm(PlainForm):
    """Not with this person."""

    email = Address(_("Their e-mail address"))


class RelationForm(PlainForm):
    """One assesses, appoints or manages the other."""

    email = Address(_("Their e-mail address"))
    side = forms.ChoiceField(label=_("What is so"), choices=Relation.Side.choices, widget=forms.RadioSelect)
