from pathlib import Path

from enid.site import secret


def test_key_is_made_once_and_kept(tmp_path: Path) -> None:
    assert secret.kept_in(tmp_path) == secret.kept_in(tmp_path)


def test_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    secret.kept_in(tmp_path)
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_key_that_a_failed_start_left_empty_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    assert len(secret.kept_in(tmp_path)) > 40
