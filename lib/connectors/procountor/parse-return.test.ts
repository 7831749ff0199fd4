import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProcountorApplication } from "./manifest";
import { parseReturn } from "./parse-return";

const application: ProcountorApplication = { stage: "test", clientId: "esimerkki-orders" };

function parse(query: string, callbackParameter?: string): string | null {
  return parseReturn(new URLSearchParams(query), { ...application, callbackParameter });
}

test.each(["requestId", "requestid", "request_id", "id"])("%s is one of the usual names", (name) => {
  expect(parse(`${name}=123456`)).toBe("123456");
});

test("the configured name goes first", () => {
  expect(parse("requestId=1&activation=2", "activation")).toBe("2");
  expect(parse("requestId=1", "activation")).toBe("1");
});

test("leading zeros do not make a second request of it", () => {
  expect(parse("requestId=007")).toBe("7");
});

test.each([
  "",
  "requestId=",
  "requestId=12a",
  "requestId=-1",
  "requestId=1.5",
  "requestId=1234567890123456",
  "other=1",
])("nothing is found in ?%s", (query) => {
  expect(parse(query)).toBeNull();
});

test("whatever comes in, only digits come out", () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const parsed = parseReturn(new URLSearchParams({ requestId: value }), application);
      expect(parsed === null || /^\d{1,15}$/.test(parsed)).toBe(true);
    }),
  );
});
