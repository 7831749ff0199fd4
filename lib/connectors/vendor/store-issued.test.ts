import { expect, test } from "vitest";
import { createLog } from "@/lib/platform/log";
import { type IssuedText, storeIssued } from "./store-issued";

const silent = createLog("silent");
const refused = (code: string) => Object.assign(new Error("refused"), { severity: "ERROR", code });

/** Fails with each of the errors in turn, and tells with which texts it was called. */
async function run(...errors: Error[]): Promise<{ texts: IssuedText[]; outcome: unknown }> {
  const texts: IssuedText[] = [];
  const outcome = await storeIssued(silent, {}, async (text) => {
    texts.push(text);
    const error = errors[texts.length - 1];
    if (error) throw error;
    return "stored";
  }).catch((error: unknown) => error);
  return { texts, outcome };
}

test("a row that PostgreSQL refuses for its text is stored with stand-ins, at once", async () => {
  for (const code of ["22021", "22P05", "22001"]) {
    const wrapped = new Error("Failed query", { cause: refused(code) });
    expect(await run(wrapped)).toEqual({ texts: ["as_told", "stand_in"], outcome: "stored" });
  }
});

test("a refusal that may pass is tried again with the vendor's words", async () => {
  expect(await run(refused("40P01"))).toEqual({ texts: ["as_told", "as_told"], outcome: "stored" });
});

test("an error that stand-ins do not help is not repeated", async () => {
  const [first, second] = [refused("42501"), refused("42501")];
  expect(await run(first, second)).toEqual({ texts: ["as_told", "stand_in"], outcome: second });
});
