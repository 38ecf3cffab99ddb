"""Put a backup back. The present data are kept beside it."""

from pathlib import Path

from enid.site.commands import DONE, parser


def main(argv: list[str]) -> int:
    """Restore, after making sure that nothing is serving the folder."""
    arguments = parser("restore")
    arguments.add_argument("file", type=Path)
    given = arguments.parse_args(argv)
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from enid.site import backups, readiness

    with readiness.only_one_server(settings.DATA):
        kept = backups.restore(given.file, at=timezone.now())
        readiness.make_ready()
    print(f"Restored {given.file}. What was there before is kept in {kept}.")
    return DONE
