import { expect, test } from "vitest";
import { matches, matchText, matchTexts } from "./condition";

const MATCH = "event.data.request.id == async.data.request.id";

test.each(["a", 'with "quotes", ä and \u0000', 7, -0.5, true])(
  "an event that matches by a field has the match text in it: %j",
  (id) => {
    const waiting = { name: "asked", data: { request: { id } } };
    const arrived = { name: "answered", data: { more: [null, { x: 1 }], request: { id } }, ts: 7 };
    expect(matches(MATCH, waiting, arrived)).toBe(true);
    const text = matchText(MATCH, waiting);
    expect(JSON.stringify(arrived)).toContain(text);
    expect(matchTexts(arrived)).toContain(text);
  },
);

test.each([
  [null, { data: { request: { id: "a" } } }],
  ["event.data.request.id == async.data.requestId", { data: { request: { id: "a" } } }],
  [`${MATCH} || true`, { data: { request: { id: "a" } } }],
  [MATCH, { data: {} }],
  [MATCH, { data: { request: { id: null } } }],
  [MATCH, { data: { request: { id: ["a"] } } }],
  [MATCH, { data: { request: { id: "a".repeat(1000) } } }],
])("nothing can be said of the events that meet %j", (condition, waiting) => {
  expect(matchText(condition, waiting)).toBeNull();
});
