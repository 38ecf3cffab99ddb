import assert from "node:assert/strict";
import test from "node:test";

import german from "../../enid/room/static/room/media/words_de.js";
import english from "../../enid/room/static/room/media/words_en.js";

/** Letters as they are told apart by ear and eye: without dots, without capitals. @param {string} word */
const folded = (word) => word.normalize("NFD").replace(/\p{M}/gu, "").replace("ß", "ss").toLowerCase();

/** Say whether one letter more, less or other makes one word of the other. @param {string} a @param {string} b */
function near(a, b) {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return Math.max(a.length, b.length) - start - end <= 1;
}

test("words: near means at most one letter", () => {
  for (const [a, b] of [["boat", "goat"], ["boat", "boats"], ["boat", "oat"], ["bat", "boat"], ["same", "same"]]) assert.ok(near(a, b), `${a} ${b}`);
  for (const [a, b] of [["boat", "gold"], ["boat", "bead"], ["ab", "ba"], ["boat", "oats"]]) assert.ok(!near(a, b), `${a} ${b}`);
});

for (const { name, list, first } of [{ name: "English", list: english, first: 4 }, { name: "German", list: german, first: 5 }]) {
  test(`words: there are 1,024 ${name} words, short and of letters only`, () => {
    assert.equal(list.length, 1024);
    for (const word of list) assert.match(word, /^\p{L}{3,10}$/u);
  });

  test(`words: no two ${name} words begin alike`, () => {
    assert.equal(new Set(list.map((word) => folded(word).slice(0, first))).size, 1024);
  });

  test(`words: no two ${name} words are one letter apart`, () => {
    const words = list.map(folded);
    const pairs = words.flatMap((a, index) => words.slice(0, index).filter((b) => near(a, b)).map((b) => `${a} ${b}`));
    assert.deepEqual(pairs, []);
  });
}
