import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** Where words of vendors belong: their folders; and where they are data, documents, the demo or tests. */
const OWN: readonly RegExp[] = [
  /^lib\/connectors\/[\w-]+\//,
  /^(messages|sandbox|docs|testing|e2e|bench)\//,
  /^db\/(seed|migrations\/)/,
  /^scripts\/sample\//,
  /^(README\.md|CHANGELOG\.md|package-lock\.json)$/,
  /\.test\.tsx?$/,
];

/**
 * What one vendor or one country has and the rest of the product must not know, as extended regular expressions, with the files
 * that still do. Decision 88 says why; no file comes to a list.
 */
const WORDS: Record<string, readonly string[]> = {
  "\\behf": [],
  callbackParameter: [],
  "vendorIntegrationId|activationUrl": [],
  "publicApplicationKey|enteredForKey": [],
  "Norway|Peppol": [],
  // The name of the language.
  Norwegian: ["lib/core/locales.ts"],
  "\\bJWTs?\\b": [],
  // A length that is the product's own has a name: MAX_REASON_LENGTH. The header's is an RFC draft's.
  "\\b255\\b": [
    "lib/core/outside-text.ts",
    "lib/partner/api/operations/operation.ts",
    "lib/platform/api/run-once.ts",
  ],
};

function listFilesWith(word: string): string[] {
  try {
    return execFileSync("git", ["grep", "-IilE", "--untracked", word], { encoding: "utf8" })
      .trim()
      .split("\n");
  } catch {
    // `git grep` ends with 1 when it finds nothing.
    return [];
  }
}

test.each(Object.entries(WORDS))("%s is a word of connectors alone", (word, known) => {
  const leaks = listFilesWith(word).filter((file) => !OWN.some((place) => place.test(file)));
  expect(leaks).toEqual(known);
});
