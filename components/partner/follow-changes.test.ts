import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followChanges } from "./follow-changes";

const HREF = "/api/partner/some/events";
let sources: FakeStream[] = [];
let told: string[] = [];
/** What the stream's address answers when it is asked why. */
let answer: () => Promise<{ status: number }> = async () => ({ status: 404 });
let stop = () => {};

class FakeStream extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 0;
  isClosedByPage = false;
  constructor() {
    super();
    sources.push(this);
  }
  close() {
    this.isClosedByPage = true;
  }
  say(kind: "open" | "change" | "end") {
    this.dispatchEvent(new Event(kind));
  }
  breakOff() {
    this.dispatchEvent(new Event("error"));
  }
  refuse() {
    this.readyState = FakeStream.CLOSED;
    this.dispatchEvent(new Event("error"));
  }
}

beforeEach(() => {
  sources = [];
  told = [];
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", FakeStream);
  vi.stubGlobal("fetch", () => answer());
  stop = followChanges(HREF, {
    onChange: () => told.push("change"),
    onState: (isOn) => told.push(isOn ? "on" : "off"),
  });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const latest = (): FakeStream => {
  const source = sources.at(-1);
  if (!source) throw new Error("no stream was opened");
  return source;
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test("what changed before the stream was open is read, and then each change", () => {
  latest().say("open");
  expect(told).toEqual(["on", "change"]);
  latest().say("change");
  expect(told).toEqual(["on", "change", "change"]);
});

test.each([401, 403, 404])(
  "a stream that is refused with %i from the start has the page read again",
  async (status) => {
    answer = async () => ({ status });
    latest().refuse();
    await pass(0);
    expect(told).toEqual(["off", "change"]);
    expect(latest().isClosedByPage).toBe(true);
  },
);

test("a refused stream is tried again with growing pauses that end at a minute", async () => {
  answer = async () => ({ status: 404 });
  const pauses: number[] = [];
  for (let count = 0; count < 9; count++) {
    latest().refuse();
    const { length } = sources;
    let waitedMs = 0;
    while (sources.length === length) {
      await pass(1_000);
      waitedMs += 1_000;
    }
    pauses.push(waitedMs / 1_000);
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  expect(told.filter((one) => one === "change")).toHaveLength(9);
});

test.each([
  ["503", async () => ({ status: 503 })],
  ["no network", () => Promise.reject(new TypeError("failed to fetch"))],
])("%s leaves the page as it is until the stream is back", async (_, troubled) => {
  answer = troubled;
  latest().refuse();
  await pass(1_000);
  expect(told).toEqual(["off"]);
  expect(sources).toHaveLength(2);
  latest().say("open");
  expect(told).toEqual(["off", "on", "change"]);
});

test("after the end the page is read again, and followed again if it is still there", async () => {
  latest().say("open");
  latest().say("end");
  await pass(0);
  expect(told).toEqual(["on", "change", "off", "change"]);
  expect(sources[0]?.isClosedByPage).toBe(true);
  await pass(1_000);
  latest().say("open");
  expect(sources).toHaveLength(2);
  expect(told, "what happened before it was open again is read too").toEqual([
    "on",
    "change",
    "off",
    "change",
    "on",
    "change",
  ]);
});

test("what the browser mends by itself is read once more, without a second stream", async () => {
  latest().say("open");
  latest().breakOff();
  await pass(60_000);
  latest().say("open");
  expect(sources).toHaveLength(1);
  expect(told).toEqual(["on", "change", "off", "on", "change"]);
});

test("a stream that held for long starts with a short pause again", async () => {
  answer = async () => ({ status: 503 });
  for (let count = 0; count < 8; count++) {
    latest().refuse();
    await pass(60_000);
  }
  const { length } = sources;
  latest().say("open");
  await pass(60_000);
  latest().refuse();
  await pass(1_000);
  expect(sources).toHaveLength(length + 1);
});

test("nothing happens any more once it is stopped, even while it asks", async () => {
  let asked = () => {};
  answer = () => new Promise((resolve) => (asked = () => resolve({ status: 404 })));
  latest().refuse();
  stop();
  asked();
  await pass(600_000);
  expect(sources).toHaveLength(1);
  expect(told).toEqual(["off"]);
});
