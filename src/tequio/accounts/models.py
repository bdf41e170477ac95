"""Tables of the accounts: people who sign in, and the roles they hold."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tequio.centers.models import Center


class UserManager(BaseUserManager["User"]):
    """Makes users; an e-mail address is the same in any capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password it signs in by a code sent to its address."""
        user = self.model(email=email.strip().casefold(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. What it may do follows from its grants and the members it is a contact of."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("es", "español")], default="en")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    @property
    def actor(self) -> str:
        """Who the journal says did it: a number, so that a person can be forgotten without breaking the chain."""
        return f"user:{self.pk}"


class Role(models.TextChoices):
    """What a person may be: each role's reach stands in permissions.py."""

    ADMINISTRATOR = "administrator"
    TREASURER = "treasurer"
    AUDITOR = "auditor"
    CALLER = "caller"
    MAINTAINER = "maintainer"


OF_A_CENTER = frozenset({Role.TREASURER.value, Role.CALLER.value})  # the others reach everywhere


class Grant(models.Model):
    """A role a person holds: a treasurer's and a caller's in one center, the others' everywhere."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    center = models.ForeignKey(Center, null=True, on_delete=models.PROTECT, related_name="grants")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="grant_once", fields=["user", "role", "center"]),
            models.UniqueConstraint(
                name="grant_once_everywhere", fields=["user", "role"], condition=models.Q(center__isnull=True)
            ),
            models.CheckConstraint(
                name="grant_has_its_reach",
                condition=models.Q(role__in=["caller", "treasurer"], center__isnull=False)
                | (~models.Q(role__in=["caller", "treasurer"]) & models.Q(center__isnull=True)),
            ),
        ]
