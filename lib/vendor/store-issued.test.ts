import { expect, test } from "vitest";
import { log } from "@/lib/log";
import { storeIssued } from "./store-issued";

const silent = log.child({}, { level: "silent" });

test("what the database refuses is stored bare, at once: the keys count more than their names", async () => {
  const tried: string[] = [];
  const store = async () => {
    tried.push("with names");
    throw new Error("unsupported Unicode escape sequence");
  };
  const storeBare = async () => {
    tried.push("bare");
    return "stored";
  };
  expect(await storeIssued(silent, {}, store, storeBare)).toBe("stored");
  expect(tried).toEqual(["with names", "bare"]);
});

test("a database that is away for a moment is tried again with everything", async () => {
  let tries = 0;
  const store = async () => {
    tries += 1;
    if (tries === 1) throw Object.assign(new Error("terminating connection"), { code: "57P01" });
    return "with names";
  };
  expect(await storeIssued(silent, {}, store, async () => "bare")).toBe("with names");
});
