import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findIncompatibilities } from "./find-incompatibilities";
import { makeOpenApiDocument } from "./openapi";

type Node = Record<string, unknown>;
const path = fileURLToPath(new URL("../../../docs/api/openapi.json", import.meta.url));
const read = (): Node => JSON.parse(readFileSync(path, "utf8"));

test("the committed description is the schemas' own, and breaks no program: npm run api:document writes it anew", () => {
  const current: Node = JSON.parse(JSON.stringify(makeOpenApiDocument()));
  expect(findIncompatibilities(read(), current)).toEqual([]);
  expect(current).toEqual(read());
});

/** The node at a path of keys. */
function at(document: Node, keys: string[]): Node {
  let node = document;
  for (const key of keys) node = node[key] as Node;
  return node;
}
const request = ["paths", "/api/v1/links", "post", "requestBody", "content", "application/json", "schema"];
const link = ["components", "schemas", "Link"];
const dropFrom = (node: Node, key: string, value: string) => {
  node[key] = (node[key] as string[]).filter((one) => one !== value);
};

describe("what breaks programs is found", () => {
  const changes: [string, (document: Node) => void, RegExp][] = [
    ["a call that is gone", (d) => delete at(d, ["paths"])["/api/v1/links"], /POST \/api\/v1\/links is gone/],
    [
      "an event that is gone",
      (d) => delete at(d, ["webhooks"])["request.settled"],
      /request\.settled is gone/,
    ],
    ["a field of an answer that is gone", (d) => delete at(d, [...link, "properties"]).url, /url is gone/],
    ["one that may be missing", (d) => dropFrom(at(d, link), "required", "url"), /url may be missing/],
    [
      "one of another type",
      (d) => Object.assign(at(d, [...link, "properties", "uses"]), { type: "string" }),
      /uses is string/,
    ],
    [
      "one that may be null",
      (d) => Object.assign(at(d, [...link, "properties", "name"]), { type: ["string", "null"] }),
      /name is string or null/,
    ],
    [
      "a field that is demanded",
      (d) => (at(d, request).required as string[]).push("campaign"),
      /campaign is demanded/,
    ],
    ["a field that is refused", (d) => delete at(d, [...request, "properties"]).maxUses, /maxUses is gone/],
    [
      "an alternative that is gone",
      (d) => (at(d, ["components", "schemas", "Row"]).anyOf as Node[]).pop(),
      /records\[\]\(Row_\w+\) is gone/,
    ],
    [
      "a parameter that is gone",
      (d) => Object.assign(at(d, ["paths", "/api/v1/links", "get"]), { parameters: [] }),
      /takes no query limit/,
    ],
    [
      "a field of an event that is gone",
      (d) => {
        const body = [
          "requestBody",
          "content",
          "application/json",
          "schema",
          "properties",
          "data",
          "properties",
        ];
        delete at(d, ["webhooks", "request.settled", "post", ...body]).customerRef;
      },
      /customerRef is gone/,
    ],
  ];
  test.each(changes)("%s", (_, change, words) => {
    const changed = read();
    change(changed);
    expect(findIncompatibilities(read(), changed).join("\n")).toMatch(words);
  });
});

describe("what breaks nothing is let through", () => {
  test.each<[string, (document: Node) => void]>([
    ["a new call", (d) => Object.assign(at(d, ["paths"]), { "/api/v1/new": { get: { responses: {} } } })],
    [
      "a new field of an answer",
      (d) => Object.assign(at(d, [...link, "properties"]), { fresh: { type: "string" } }),
    ],
    [
      "a new field that may be left out",
      (d) => Object.assign(at(d, [...request, "properties"]), { fresh: { type: "string" } }),
    ],
    [
      "a request that takes more",
      (d) => Object.assign(at(d, [...request, "properties", "name"]), { type: ["string", "integer"] }),
    ],
    ["a field that need not be given any more", (d) => dropFrom(at(d, request), "required", "name")],
  ])("%s", (_, change) => {
    const changed = read();
    change(changed);
    expect(findIncompatibilities(read(), changed)).toEqual([]);
  });
});
