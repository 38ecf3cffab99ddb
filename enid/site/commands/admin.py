"""Make an account that exists one of those who look after the server."""

import json

from enid.site.commands import DONE, NO, OUTSIDE_FAILED, Stopped, parser


def main(argv: list[str]) -> int:
    """Make the account an administrator's; exit 1 when no account has the address."""
    arguments = parser("admin")
    arguments.add_argument("address", help="the e-mail address with which the person signs in")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args(argv)
    import django

    django.setup()
    from django.db import DatabaseError

    from enid.people.operations import make_administrator

    try:
        made = make_administrator(email=given.address)
    except DatabaseError as error:
        raise Stopped(
            "The database does not answer as it should. Nothing was changed. Type: enid doctor",
            OUTSIDE_FAILED,
        ) from error
    print(json.dumps({"administrator": made}) if given.json else _sentence(given.address, made))
    return DONE if made else NO


def _sentence(address: str, made: bool) -> str:
    if made:
        return f"{address} looks after this server now."
    return f"No account has the address {address}. Nothing was changed. The person opens an account first, by an invitation or on an open server."
