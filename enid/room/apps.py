from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "enid.room"
    label = "room"
