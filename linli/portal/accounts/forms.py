"""What administrators say of an account, and what its owner chooses."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.accounts import AccountDraft
from linli.kernel.models import Staff


class AccountForm(forms.Form):
    """One account: how to sign in, what colleagues read, what it may do."""

    username = forms.SlugField(
        label=_("User name"),
        max_length=60,
        allow_unicode=True,
        help_text=_("Typed to sign in: letters, digits, - and _."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(label=_("Name shown to colleagues"), max_length=60)
    role = forms.ChoiceField(label=_("Role"), choices=Staff.ROLES)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    email = forms.EmailField(label=_("Office email"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)  # noqa: S101 - it stands above
        units.queryset = Unit.objects.working().order_by("name")

    def draft(self) -> AccountDraft:
        """Return what was said."""
        said = self.cleaned_data
        return AccountDraft(
            username=said["username"],
            name=said["name"],
            role=said["role"],
            unit=said["unit"].name,
            email=said["email"],
        )


def filled(staff: Staff) -> dict[str, Any]:
    """Return what the form shows of an account."""
    unit = Unit.objects.working().filter(name=staff.unit).first()
    names = ("username", "name", "role", "email")
    return {name: getattr(staff, name) for name in names} | {"unit": unit and unit.pk}


class AccountFilterForm(forms.Form):
    """Which accounts to show."""

    words = forms.CharField(label=_("Name"), required=False, max_length=60)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=(("", _("All roles")), *Staff.ROLES)
    )
    closed = forms.BooleanField(label=_("Disabled ones, too"), required=False)


class KeyForm(forms.Form):
    """Which program a key is for."""

    name = forms.CharField(label=_("Program that will use the key"), max_length=60)


class StartForm(forms.Form):
    """The password that the owner of an account chooses."""

    password1 = forms.CharField(
        label=_("New password"),
        help_text=_("Twelve characters or more; several words are easy to keep in mind."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password1(self) -> str:
        """Return the password. Raises ValidationError for one that is easily guessed."""
        password: str = self.cleaned_data["password1"]
        validate_password(password)
        return password

    def clean_password2(self) -> str:
        """Return the second one. Raises ValidationError when it is another."""
        again: str = self.cleaned_data["password2"]
        if again != self.cleaned_data.get("password1", again):
            raise forms.ValidationError(_("The two are not the same."))
        return again
