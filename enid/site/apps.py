from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "enid.site"
    label = "site"
