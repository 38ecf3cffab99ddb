"""A picture that is as hard to send as a face: slow movement and a camera's noise. The browser's own pattern is too easy."""

from __future__ import annotations

import secrets
from pathlib import Path

WIDTH, HEIGHT, FPS, FRAMES = 640, 360, 15, 45
NOISE = 0x07  # the lowest bits of each dot
GREY = bytes([128]) * (WIDTH * HEIGHT // 2)


def write(folder: Path) -> Path:
    """Write the clip and return its file, which Chromium shows over and over."""
    file = folder / "clip.y4m"
    with file.open("wb") as out:
        out.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FPS}:1 Ip A1:1 C420jpeg\n".encode())
        for number in range(FRAMES):
            out.write(b"FRAME\n" + _luma(number) + GREY)
    return file


def _luma(number: int) -> bytes:
    """Return the light of one frame: a soft wave that sways, under noise."""
    sway = 3 * abs(number - FRAMES // 2)
    wave = bytes(abs(dot % 256 - 128) + 64 for dot in range(WIDTH + HEIGHT + 3 * FRAMES))
    rows = b"".join(wave[sway + row : sway + row + WIDTH] for row in range(HEIGHT))
    noise = secrets.token_bytes(len(rows))
    mask = int.from_bytes(bytes([NOISE]) * len(rows))
    return (int.from_bytes(rows) ^ (int.from_bytes(noise) & mask)).to_bytes(len(rows))
