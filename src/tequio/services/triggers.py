"""What the database itself refuses: terms in force that change, accounts and what was done for them that vanish."""

from tequio.kernel.triggers import append_only

_IN_FORCE = "terms of a service are frozen: new ones replace them from their day"
_KEPT = "accounts of services and what was done for them are closed or ended, never deleted"

TRIGGERS = [
    *append_only(table="services_serviceterms", says=_IN_FORCE),
    *(
        trigger
        for table in (
            "services_serviceaccount",
            "services_serviceexception",
            "services_lending",
            "services_lendingitem",
            "services_apppassword",
            "services_job",
            "services_observation",
            "services_drift",
            "services_bulksuspension",
            "services_bulksuspended",
            "services_exportoffer",
            "services_servicequota",
            "services_application",
            "services_wave",
            "services_movingmailbox",
            "services_broughtbalance",
            "services_balanceevidence",
        )
        for trigger in append_only(table=table, says=_KEPT, allow_update=True)
    ),
]
