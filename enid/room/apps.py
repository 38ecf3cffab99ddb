from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "enid.room"
    label = "room"

    def ready(self) -> None:
        """Listen for news of the chapters below."""
        from enid.room import receivers  # noqa: F401 - importing connects them
