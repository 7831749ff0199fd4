import { expect, test } from "vitest";
import { judgeLook, type Look } from "./judge-look";

const WAITING: Look = { isWaiting: true, isUsedElsewhere: false };
const SIGNED_IN: Look = { isWaiting: false, isUsedElsewhere: false };
const USED: Look = { isWaiting: false, isUsedElsewhere: true };

/** How many looks it takes until the page is loaded anew. */
function countLooks(looks: readonly Look[]): number | null {
  let usedLooks = 0;
  for (const [index, look] of looks.entries()) {
    const judged = judgeLook(look, usedLooks);
    if (judged.isOver) return index + 1;
    usedLooks = judged.usedLooks;
  }
  return null;
}

test("a session is followed at once, and a mail that nobody used is waited for", () => {
  expect(countLooks([WAITING, WAITING, SIGNED_IN])).toBe(3);
  expect(countLooks(Array<Look>(50).fill(WAITING))).toBeNull();
});

test("a code or link that was used a moment ago has time to bring its session", () => {
  expect(countLooks([WAITING, USED, USED, SIGNED_IN])).toBe(4);
  expect(countLooks([USED, WAITING, ...Array<Look>(4).fill(USED)])).toBeNull();
});

test("one that was used on another device is told in the end", () => {
  expect(countLooks(Array<Look>(20).fill(USED))).toBe(5);
});
