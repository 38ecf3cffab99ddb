"""Write a backup of the database; safe while Enid is serving."""

from pathlib import Path

from enid.site.commands import DONE, parser


def main(argv: list[str]) -> int:
    """Write the backup and say where."""
    arguments = parser("backup")
    arguments.add_argument(
        "file", nargs="?", type=Path, help="where to write (default: the data folder's backups)"
    )
    given = arguments.parse_args(argv)
    import django

    django.setup()
    from django.utils import timezone

    from enid.site import backups

    print(backups.write(at=timezone.now(), to=given.file))
    return DONE
