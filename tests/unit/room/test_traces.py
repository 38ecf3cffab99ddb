"""The histories that the browser's mirror replays are those of today's protocol."""

from enid.room.protocol import EVENT_NAMES
from tests.unit.room.mirror import mirror
from tests.write_traces import FOLDER, HEARD, TRACES, heard_texts, texts, trace_of


def test_traces_are_up_to_date() -> None:
    written = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")}
    assert written == texts(), "run: python -m tests.write_traces"
    heard = {path.name: path.read_text("utf-8") for path in HEARD.glob("*.json")}
    assert heard == heard_texts(), "run: python -m tests.write_traces"


def test_traces_hold_every_fact() -> None:
    traces = [trace_of(tell()) for tell in TRACES.values()]
    names = {f["e"] for trace in traces for told in trace.values() for f in told["frames"] if "e" in f}
    assert names == EVENT_NAMES


def test_old_snapshot_and_frames_make_the_fresh_snapshot() -> None:
    for tell in TRACES.values():
        for told in trace_of(tell()).values():
            state = told["before"]
            for frame in told["frames"]:
                state = mirror(state, frame)
            assert state == told["after"]
