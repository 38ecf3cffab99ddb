from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "enid.meetings"
    label = "meetings"

    def ready(self) -> None:
        from enid.meetings import own_data as own  # models exist only now
        from enid.people import own_data

        own_data.register("meetings", own.collect, own.erase, own.blocks)
