from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "enid.meetings"
    label = "meetings"
