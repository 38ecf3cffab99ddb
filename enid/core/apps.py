from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "enid.core"
    label = "core"
