from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "enid.groups"
    label = "groups"
