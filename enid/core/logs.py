"""What a log line may carry: codes and ids, never what came from a person."""

import logging


class CodesOnly(logging.Filter):
    """Reduce what libraries log about a request to a status and the kind of error.

    Django's request and security loggers write paths, hosts and form values; any of them may hold a
    secret link or a word that somebody typed. The traceback keeps files and lines but not the message.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("enid"):
            return True
        status = getattr(record, "status_code", "")
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        where = _where(record.exc_info[2]) if record.exc_info and record.exc_info[2] else ""
        record.msg, record.args = " ".join(str(part) for part in (status, kind, where) if part) or "event", ()
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        return True


def _where(traceback: object) -> str:
    import traceback as tb  # needed only when something failed

    frames = tb.extract_tb(traceback)  # type: ignore[arg-type]
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-4:]))
