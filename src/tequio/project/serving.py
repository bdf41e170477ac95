"""Serving the site: static files gathered once, then gunicorn with threads."""

import os
import sys
from typing import Any

from tequio.kernel import console
from tequio.rules.reasons import Text

THREADS = 8


def serve(*, address: str, port: int, workers: int = 1) -> None:
    """Serve until stopped; static files are gathered into the instance's folder first, packed, named by content."""
    from django.conf import settings
    from django.core.management import call_command
    from gunicorn.app.base import BaseApplication

    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    from tequio.project.wsgi import application

    class Site(BaseApplication):  # type: ignore[misc]  # CONFIG: gunicorn ships no types
        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": f"{address}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": THREADS,
                "timeout": 60,
                "loglevel": "warning",
                "forwarded_allow_ips": os.environ.get("TEQUIO_PROXY", "127.0.0.1"),
                "control_socket_disable": True,
            }
            for name, value in options.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    console.tell(
        Text(
            en=f"Serving {settings.SITE_URL} (Ctrl-C stops it).",
            es=f"Sirviendo {settings.SITE_URL} (Ctrl-C lo detiene).",
        )
    )
    sys.stdout.flush()
    sys.argv = sys.argv[:1]  # gunicorn reads no options of ours
    Site().run()
