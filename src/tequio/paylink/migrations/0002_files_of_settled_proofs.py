from typing import Any

from django.db import migrations


def forget(apps: Any, schema_editor: Any) -> None:
    """Files of claims that were settled elsewhere than on their proof's page had stayed."""
    proofs = apps.get_model("paylink", "Proof").objects.using(schema_editor.connection.alias)
    proofs.filter(claim__settled_on__isnull=False).exclude(content="").update(content="")


class Migration(migrations.Migration):
    dependencies = [("paylink", "0001_initial")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
