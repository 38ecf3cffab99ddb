import assert from "node:assert/strict";
import test from "node:test";

import { alongEllipse, arrange } from "../../enid/room/static/room/geometry.js";

test("geometry: ten seats beside the desk at 1280 x 820 are at least 150 px wide", () => {
  assert.ok(arrange(10, 936, 690).width >= 150);
});

test("geometry: seats lie at equal distances along the ellipse", () => {
  const points = alongEllipse(400, 300, 180, 0);
  const steps = points.map((p, i) => {
    const q = points[(i + 1) % points.length];
    return Math.hypot(p.x - q.x, p.y - q.y);
  });
  assert.ok(Math.max(...steps) - Math.min(...steps) < 0.05);
});

test("geometry: seats go clockwise and begin at the top", () => {
  const [top, right] = alongEllipse(4, 100, 100, 0);
  assert.deepEqual([Math.round(top.x), Math.round(top.y)], [0, -100]);
  assert.deepEqual([Math.round(right.x), Math.abs(Math.round(right.y))], [100, 0]);
});

for (const [width, height] of [[936, 690], [1280, 690], [390, 640], [320, 440], [640, 220]]) {
  for (const n of [2, 5, 8, 10, 12, 14]) {
    test(`geometry: ${n} seats in ${width} x ${height} do not touch and stay inside`, () => {
      const a = arrange(n, width, height);
      for (const [i, p] of a.seats.entries()) {
        for (const q of a.seats.slice(i + 1)) {
          assert.ok(Math.abs(p.x - q.x) >= a.width || Math.abs(p.y - q.y) >= a.face + a.name);
        }
      }
      for (const p of [...a.seats, ...a.outside]) {
        assert.ok(p.x - a.width / 2 >= -1 && p.x + a.width / 2 <= width + 1);
        const half = (a.face + a.name) / 2;
        assert.ok(p.y - half >= -1 && p.y + half <= height + 1);
      }
    });
  }
}

test("geometry: whoever sits back is one step farther from the middle", () => {
  const a = arrange(8, 900, 600);
  const far = (/** @type {{x: number, y: number}} */ p) => Math.hypot(p.x - a.middle.x, p.y - a.middle.y);
  a.seats.forEach((p, i) => assert.ok(far(a.outside[i]) > far(p) + a.width * 0.1));
});
