// Which way sound and picture would go, from what a browser found on its way out.

import assert from "node:assert/strict";
import { test } from "node:test";

import { parted, wayOf } from "../../enid/room/static/room/media/way_out.js";

const open = { here: true, datagrams: true, relay: true };

test("way out: an open network goes directly, and says whether a relay stands by", () => {
  assert.equal(wayOf(open, false), "direct");
  assert.equal(wayOf({ ...open, relay: false }, false), "direct_silent");
  assert.equal(wayOf({ ...open, relay: null }, false), "direct_alone");
});

test("way out: where no datagram gets out, only a relay works, or nothing", () => {
  assert.equal(wayOf({ ...open, datagrams: false }, false), "only_relay");
  assert.equal(wayOf({ ...open, here: false }, false), "only_relay");
  assert.equal(wayOf({ ...open, datagrams: false, relay: false }, false), "nothing");
  assert.equal(wayOf({ ...open, datagrams: false, relay: null }, false), "nothing");
});

test("way out: where addresses are hidden, the relay is the only way", () => {
  assert.equal(wayOf(open, true), "relay");
  for (const relay of [false, null]) assert.equal(wayOf({ ...open, relay }, true), "nothing");
});

test("way out: each server is tried over what it speaks, with its own password", () => {
  const login = { username: "until", credential: "signed" };
  const urls = ["turn:a", "turn:a?transport=tcp", "turns:a:443?transport=tcp", "turns:a"];
  const { datagrams, streams } = parted([{ urls: "stun:b" }, { urls, ...login }]);
  assert.deepEqual(datagrams, [{ urls: ["stun:b"] }, { urls: ["turn:a"], ...login }]);
  assert.deepEqual(streams, [{ urls: urls.slice(1), ...login }]);
});
