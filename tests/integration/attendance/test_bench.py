"""`enid bench groups` on a small scale: no page asks more questions of a database ten times as large."""

import json

from enid.bench import groups
from tests.integration.site.test_commands import enid


def test_queries_of_each_page_stay_the_same_in_a_larger_database() -> None:
    ran = enid("bench", "groups", "--groups=20", "--people=200", "--years=1", "--rounds=3", "--json")
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert (found["rows"]["group"], found["tenth_rows"]["group"]) == (20, 2)
    asked = {name: (page["tenth"]["queries"], page["queries"]) for name, page in found["pages"].items()}
    assert len(asked) == 15
    assert {name: both for name, both in asked.items() if both[1] > both[0] or both[1] > 15} == {}


def test_page_that_asks_more_of_a_larger_database_is_found() -> None:
    page = {"median_ms": 1.0, "p95_ms": 2.0, "queries": 5}
    small, large = (
        {"rows": {}, "filled_s": 0, "pages": {"group": one}} for one in (page, {**page, "queries": 6})
    )
    assert groups.compared(small, small)["constant"]
    assert not groups.compared(small, large)["constant"]
