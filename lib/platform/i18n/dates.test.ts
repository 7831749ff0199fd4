import { expect, test } from "vitest";
import { formatDay, formatMoment } from "./dates";
import { createFlowMailWords } from "./messages";

const deadline = new Date("2026-11-29T09:01:00Z");

test.each([
  ["en", "29 November 2026 at 09:01 UTC", "1 October 2026"],
  ["fi", "29. marraskuuta 2026 klo 9.01 UTC", "1. lokakuuta 2026"],
  ["nb", "29. november 2026 kl. 09:01 UTC", "1. oktober 2026"],
  ["sv", "29 november 2026 kl. 09:01 UTC", "1 oktober 2026"],
  ["da", "29. november 2026 kl. 09.01 UTC", "1. oktober 2026"],
] as const)("a moment and a day are written out in the reader's language: %s", (locale, moment, day) => {
  expect(formatMoment(locale, deadline)).toBe(moment);
  expect(formatDay(locale, "2026-10-01")).toBe(day);
  const words = createFlowMailWords(locale);
  // The moment says its zone itself.
  for (const key of ["invitation.expires", "claimNeedsInitiator.expires", "requestAwaitsPartner.deadline"])
    expect(words(key, { deadline: moment }).match(/UTC/g), key).toHaveLength(1);
});
