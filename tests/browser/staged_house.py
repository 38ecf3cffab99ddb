"""The demonstration in one process, with the settings and the stage directions that a test gives it."""

import argparse
import os
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Serve until told to stop."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int)
    arguments.add_argument("--everywhere", action="store_true", help="listen on every address")
    arguments.add_argument(
        "--with", dest="direction", help="a module of tests, whose `stage` changes the server"
    )
    given = arguments.parse_args()
    folder = Path(os.environ["ENID_DATA"])
    (folder / "demonstration").touch()
    os.environ.update(
        ENID_DEMO="1", ENID_URL=f"http://localhost:{given.port}", ENID_BIND=f"127.0.0.1:{given.port}"
    )
    os.environ["DJANGO_SETTINGS_MODULE"] = "enid.site.settings"

    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from enid.site import demonstration, readiness
    from enid.site.commands import web

    readiness.make_ready()
    demonstration.prepare(at=timezone.now())
    if given.everywhere:
        settings.BIND = f"0.0.0.0:{given.port}"
    if given.direction:
        import_module(given.direction).stage()
    web.main([])


main()
