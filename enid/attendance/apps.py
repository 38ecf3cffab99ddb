from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "enid.attendance"
    label = "attendance"

    def ready(self) -> None:
        from enid.attendance import own_data as own  # models exist only now
        from enid.people import own_data

        own_data.register("attendance", own.collect, own.erase, own.blocks)
