"""Template tags used on every page."""

import json

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def importmap(context: template.Context, folder: str) -> SafeString:
    """Print the import map of one static folder: plain address to hashed address.

    Modules import each other by relative path, as editors, tsc and node do; the browser maps each resolved
    address to the file with its hash in the name. Workers do not see import maps.
    """
    modules = sorted(_modules(folder))
    # Keys are the unhashed addresses that relative imports resolve to.
    table = {f"/static/{name}": static(name) for name in modules}
    nonce = context["request"].csp_nonce
    body = json.dumps({"imports": table}).replace("<", "\\u003c")
    return mark_safe(f'<script type="importmap" nonce="{nonce}">{body}</script>')  # noqa: S308 - file names of our own


def _modules(folder: str) -> set[str]:
    from django.contrib.staticfiles.utils import get_files  # only while a page with modules renders

    names: set[str] = set()
    for finder in finders.get_finders():
        for storage in getattr(finder, "storages", {}).values():
            if storage.exists(folder):
                names |= {name for name in get_files(storage, location=folder) if name.endswith(".js")}
    return names
