import { expect, test } from "vitest";
import { acceptsReason } from "./reason";

test.each(["Ei sopimusta tälle yritykselle", "Prix: 12,90 €", "“Lainattu” – tekstiä", "two\nlines", ""])(
  "%j fits Windows-1252",
  (reason) => {
    expect(acceptsReason(reason)).toBe(true);
  },
);

test.each(["Ei 🙂", "Łódź", "нет", "bell \u0007", "\u0081"])("%j does not", (reason) => {
  expect(acceptsReason(reason)).toBe(false);
});

test("255 characters are the most", () => {
  expect(acceptsReason("ä".repeat(255))).toBe(true);
  expect(acceptsReason("ä".repeat(256))).toBe(false);
});
