from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "enid.groups"
    label = "groups"

    def ready(self) -> None:
        from enid.groups import own_data as own  # models exist only now
        from enid.groups import receivers  # noqa: F401 - connects them
        from enid.groups.accounts import BY_INVITATION
        from enid.people import own_data, signup

        signup.register("invitation", BY_INVITATION)
        own_data.register("groups", own.collect, own.erase, own.blocks)
