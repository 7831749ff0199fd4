import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { getConnector } from "@/lib/connectors/registry";
import { readPastedKey } from "./read-pasted-key";

const patternOf = (connectorId: string): RegExp => {
  const pattern = getConnector(connectorId).pastedKey?.pattern;
  if (!pattern) throw new Error(`${connectorId} takes no pasted keys`);
  return pattern;
};
const UUID = "7bfbab81-3c1e-4f0a-9a55-0b7b8f3c2d11";
const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl_LWhlcmU=";

const dresses = (key: string): string[] => [
  key,
  `  ${key}\n`,
  `"${key}"`,
  `“${key}”`,
  `'${key}',`,
  `\`${key}\``,
  `Bearer ${key}`,
  `bearer   ${key}`,
  `Authorization: Bearer ${key}`,
  `"Authorization": "Bearer ${key}"`,
  `API key: ${key}`,
  `apiKey=${key}`,
  `{"apiKey":"${key}"}`,
  `Client key:\n${key}`,
  `Asiakasavain: ${key}`,
  `Klientnøkkel:${key}`,
  `\ufeff${key}\u200b`,
  [...key].join("\u200b"),
  `${key.slice(0, 20)}\r\n${key.slice(20)}`,
  `\u00a0${key}\u00a0`,
];

describe.each([
  ["poweroffice-go", UUID],
  ["procountor", JWT],
])("%s", (connectorId, key) => {
  const pattern = patternOf(connectorId);
  test.each(dresses(key))("%j", (text) => expect(readPastedKey(text, pattern)).toEqual({ key }));

  test("what hides in it or stands around it does not change the key", () => {
    const hidden = fc.constantFrom("\u200b", "\u2060", "\ufeff", "\u00ad", "\u202a", "\u0000");
    fc.assert(
      fc.property(fc.constantFrom(...dresses(key)), hidden, fc.nat({ max: 100 }), (text, sign, at) => {
        const place = Math.min(at, text.length);
        const read = readPastedKey(text.slice(0, place) + sign + text.slice(place), pattern);
        expect(read).toEqual({ key });
      }),
    );
  });

  test("whatever is pasted: what looks like a key, or a problem", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const read = readPastedKey(text, pattern);
        if ("key" in read) expect(read.key).toMatch(pattern);
      }),
    );
  });
});

test("typographic dashes are a word processor's", () => {
  expect(readPastedKey(UUID.replaceAll("-", "–"), patternOf("poweroffice-go"))).toEqual({ key: UUID });
});

test("a key within a sentence is found where the vendor says what its keys look like", () => {
  expect(readPastedKey(`The key for Fjellheim is ${UUID}, thanks!`, patternOf("poweroffice-go"))).toEqual({
    key: UUID,
  });
});

test("of two keys none is chosen, the same one twice is one", () => {
  const pattern = patternOf("poweroffice-go");
  const other = "00000000-0000-4000-8000-000000000000";
  expect(readPastedKey(`${UUID} ${other}`, pattern)).toEqual({ problem: "key_several" });
  expect(readPastedKey(`${UUID}\n${UUID}`, pattern)).toEqual({ key: UUID });
});

test.each(["", "   ", "Bearer", "not a key", "\u200b"])("%j is no key", (text) => {
  expect(readPastedKey(text, patternOf("poweroffice-go"))).toEqual({ problem: "key" });
});
