import { expect, test } from "vitest";
import { parseSeeded } from "./database";

const SEEDED = { activationLinks: { automatic: "/a/one" }, users: { owner: { email: "owner@example.com" } } };

test("the seed's line is found among its log", () => {
  const stdout = `starting\n{"level":30,"msg":"seeding"}\n{not json\n${JSON.stringify(SEEDED)}\ndone\n`;
  expect(parseSeeded(stdout)).toEqual(SEEDED);
});

test("a seed that tells nothing is told, with what it wrote", () => {
  expect(() => parseSeeded("only words\n")).toThrow(/only words/);
});

test("a link that leads elsewhere is refused", () => {
  const stdout = JSON.stringify({
    ...SEEDED,
    activationLinks: { automatic: "https://elsewhere.example/a/one" },
  });
  expect(() => parseSeeded(stdout)).toThrow(/did not tell/);
});
