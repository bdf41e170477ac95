"""A small rule book in order, that the tests take apart."""

from django.apps import apps

from tequio.project.rulebook import load_rules

BOOK = """
[[centers]]
code = "br"
name = { en = "Center in the south", es = "Centro del sur" }
currency = "BRL"
language = "es"
zone = "America/Sao_Paulo"

[[bodies]]
code = "assembly"
name = { en = "Assembly", es = "Asamblea" }

[[decisions]]
code = "first"
body = "assembly"
decided_on = 2020-02-03
title = { en = "What is owed", es = "Lo que se debe" }
source = { en = "Minutes", es = "Minuta" }

[[dues]]
code = "dues"
decision = "first"
valid_from = 2020-03-01
title = { en = "Dues", es = "Cuotas" }
bands = { 1 = 0.5, 2 = 1.3333 }
default_band = 2

[dues.tables.br]
assumed = ["operations"]
organization = { membership = 100.10, operations = 30 }
individual = { membership = 0.01 }

[[payment_policies]]
code = "pay"
decision = "first"
valid_from = 2020-03-01
centers = ["br"]
title = { en = "Late dues", es = "Cuotas atrasadas" }
notice_days = 10
at_risk_from = 31
limited_from = 61
disabled_from = 91
attempt_required = false
"""

# A second payment policy and a second decision, each ahead of what follows it in the book.
PAY_AGAIN = """[[payment_policies]]
code = "again"
decision = "first"
valid_from = 2020-03-01
centers = ["br"]
title = { en = "A", es = "B" }

[[payment_policies]]
code = "pay\""""
DECIDED_AGAIN = """[[decisions]]
code = "first"
body = "assembly"
decided_on = 2020-02-04
title = { en = "A", es = "B" }
source = { en = "A", es = "B" }

[[dues]]"""


def loader(*, folder, at):
    """A function that loads a book given as text or bytes."""

    def run(text):
        path = folder / "rules.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_rules(path=path, actor="test", at=at)

    return run


def everything():
    """Every row of every table of the program."""
    return {model.__name__: sorted(map(str, model._default_manager.values_list())) for model in apps.get_models()}
