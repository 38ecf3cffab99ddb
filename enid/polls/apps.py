from django.apps import AppConfig


class PollsConfig(AppConfig):
    name = "enid.polls"
    label = "polls"

    def ready(self) -> None:
        from enid.people import own_data
        from enid.polls import own_data as own  # models exist only now

        own_data.register("polls", own.collect, own.erase, own.blocks)
