from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "enid.people"
    label = "people"
