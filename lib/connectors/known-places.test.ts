import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { CONNECTOR_IDS, type ConnectorId } from "./registry";

/**
 * Where a connector may be known by its name besides its own folder. Product code has one place, the registry; what else
 * is here are words, the demo with its stand-in, docs and tests.
 */
const ALLOWED: readonly RegExp[] = [
  /^lib\/connectors\/registry\.ts$/,
  /^messages\//,
  // The demo: what `npm start` seeds and starts, its past and the page that leads through it.
  /^db\/seed/,
  /^scripts\/(seed(-sample)?\.ts$|(start|guide|sample)\/)/,
  /^sandbox\//,
  /^(docs\/|README\.md$|CHANGELOG\.md$)/,
  /\.test\.ts$/,
  /^(testing|e2e|bench|scripts\/mutants)\//,
];

/** Comments that cite a source, a migration of old rows, the script that writes a table, and the demo's secrets: no code depends on the name. */
const CITED: Record<ConnectorId, readonly string[]> = {
  procountor: [
    "db/migrations/0016_keys_from.sql",
    "lib/catalogue/integration/schema.ts",
    "lib/platform/env.ts",
  ],
  "poweroffice-go": ["lib/core/demo.ts", "package.json"],
  superoffice: [],
};

/** What the sources call a vendor: its id without what is only an edition's name. */
const WORDS: Record<ConnectorId, string> = {
  procountor: "procountor",
  "poweroffice-go": "poweroffice",
  superoffice: "superoffice",
};

function listFilesThatName(word: string): string[] {
  return execFileSync("git", ["grep", "-Iil", "--untracked", word], { encoding: "utf8" }).trim().split("\n");
}

test.each(CONNECTOR_IDS)("%s is known outside of its folder only where that is allowed", (id) => {
  const leaks = listFilesThatName(WORDS[id]).filter(
    (file) => !file.startsWith(`lib/connectors/${id}/`) && !ALLOWED.some((place) => place.test(file)),
  );
  expect(leaks).toEqual(CITED[id]);
});
