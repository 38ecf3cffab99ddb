from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "enid.meetings"
    label = "meetings"

    def ready(self) -> None:
        from enid.groups.signals import roster_changed
        from enid.meetings import own_data as own  # models exist only now
        from enid.meetings import receivers
        from enid.people import own_data

        own_data.register("meetings", own.collect, own.erase, own.blocks)
        roster_changed.connect(receivers.tell_calendars)
