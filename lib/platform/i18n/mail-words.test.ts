import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createFlowMailWords, createMailWords } from "./messages";

const LURE = "Klarna login: kyc-verify.com/x www.evil.example https://evil.example/ mail@evil.example";

/** As a mail program sees it: what it makes a link of. */
const linksIn = (text: string): string[] =>
  text.match(/\S*(?::\/\/|[\p{L}\p{N}]\.\p{L}{2,}|[\p{L}\p{N}]@[\p{L}\p{N}])\S*/gu) ?? [];

describe("names and reasons of others carry no link into a mail", () => {
  const words = createFlowMailWords("en");
  test.each(["integration", "partner", "connector", "name"])("%s", (name) => {
    const values = { integration: "A", partner: "B", connector: "C", name: "D", [name]: LURE };
    for (const key of ["requestSettled.intro", "requestSettled.title", "partnerReceived.intro"])
      expect(linksIn(words(key, { ...values, count: 1, active: 1 }))).toEqual([]);
  });

  test("a reason", () => {
    expect(linksIn(words("states.rejected", { reason: LURE }))).toEqual([]);
    expect(linksIn(createMailWords("en")("endMail.reason", { reason: LURE }))).toEqual([]);
  });

  test("what is an address of ours stays one", () => {
    expect(words("requestSettled.help", { support: "help@partner.example" })).toContain(
      "help@partner.example",
    );
  });

  test("every list of companies in a mail takes its names without links", () => {
    const folder = fileURLToPath(new URL("../../../emails/", import.meta.url));
    const bare = readdirSync(folder)
      .filter((file) => /^[^.]+-mail\.ts$/.test(file))
      .filter((file) => {
        const source = readFileSync(folder + file, "utf8");
        return source.includes("itemList(") && !source.includes("withoutLinks(");
      });
    // The one lists ids alone, the other what operators wrote.
    expect(bare).toEqual(["connections-ended-partner-mail.ts", "partner-notice-mail.ts"]);
  });
});
