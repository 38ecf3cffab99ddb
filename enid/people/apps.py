from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "enid.people"
    label = "people"

    def ready(self) -> None:
        """Listen to Django's own news."""
        from django.contrib.auth.signals import user_logged_in, user_logged_out  # apps must be loaded first

        from enid.people import receivers

        user_logged_in.connect(receivers.stay_signed_in)
        user_logged_out.connect(receivers.leave_rooms)
