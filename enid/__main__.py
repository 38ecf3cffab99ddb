"""The single command: `enid up | demo | doctor | admin | backup | restore | mail-in | bench`; the rest passes through to Django."""

import os
import sys


def main() -> int:
    """Run one command. Exit codes: 0 done, 1 the answer is no, 2 bad input, 3 something outside failed."""
    os.umask(0o077)  # what Enid writes is for its owner alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enid.site.settings")
    from enid.site import commands  # after the environment is set

    return commands.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
