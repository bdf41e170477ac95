"""Applications that people sign in to with their account here, and how each application knows a person."""

from allauth.idp.oidc.models import Client
from django.db import models

from tequio.accounts.models import User
from tequio.services.models.catalog import ServiceKind


class Application(models.Model):
    """An application whose door this program is. Whoever holds an account of its service that is open gets in.

    The sign-in library keeps the client: its addresses, the hash of its secret, its tokens.
    """

    code = models.SlugField(max_length=40, unique=True)
    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="application")
    kind = models.ForeignKey(ServiceKind, on_delete=models.PROTECT, related_name="applications")
    name_en = models.CharField(max_length=80)
    name_es = models.CharField(max_length=80)
    registered_by = models.CharField(max_length=120)
    registered_at = models.DateTimeField()
    closed_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=120, blank=True)


class Subject(models.Model):
    """How one application knows a person: a word of its own, so that two of them cannot compare whom they know."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="subjects")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=43, unique=True)
    first_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="application_subject_once", fields=["application", "user"])]
