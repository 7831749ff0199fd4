import { expect, test } from "vitest";
import { seedIntegrations } from "@/db/seed-content";
import { type SpecificationContent, specificationContent } from "@/lib/catalogue/integration/schema";
import { type ChangeWords, compareContents } from "./find-changes";

/** Words that keep everything, so that a test sees whether a change gets through. */
const words: ChangeWords = {
  dataFlow: (flow) => JSON.stringify(flow),
  price: (price) => (price.kind === "unknown" ? null : JSON.stringify(price)),
  right: (right) => JSON.stringify(right),
  minutes: (count) => `${count} min`,
  day: (on) => `the day ${on}`,
};

const [automatic, form, page] = seedIntegrations("https://partner.example").map((one) =>
  specificationContent.parse(one.content),
) as [SpecificationContent, SpecificationContent, SpecificationContent];

const changed = (before: SpecificationContent, change: (content: SpecificationContent) => void) => {
  const after = structuredClone(before);
  change(after);
  return compareContents(before, after, words).map((difference) => difference.field);
};

test("the day of the terms reads as words, not as the specification keeps it", () => {
  const after = structuredClone(automatic);
  after.terms.updatedOn = "2027-01-15";
  const [terms] = compareContents(automatic, after, words);
  expect(terms?.after).toContain(`${after.terms.version} (the day 2027-01-15)`);
});

test("the same content has no differences", () => {
  expect(compareContents(automatic, structuredClone(automatic), words)).toEqual([]);
});

test.each<[string, string, SpecificationContent, (content: SpecificationContent) => void]>([
  ["another price", "price", automatic, (c) => Object.assign(c.price, { amountMinor: 1990 })],
  ["who is billed", "price", automatic, (c) => Object.assign(c.price, { billedTo: "accounting_office" })],
  ["a price that was not known", "price", page, (c) => Object.assign(c, { price: automatic.price })],
  [
    "the master of a data flow",
    "dataFlows",
    automatic,
    (c) => Object.assign(c.dataFlows[0] ?? {}, { master: "vendor" }),
  ],
  [
    "a right's level",
    "rights",
    automatic,
    (c) => Object.assign(c.technicalUser.rights[1] ?? {}, { level: "ALL_RIGHTS" }),
  ],
  [
    "a right's reason",
    "rights",
    automatic,
    (c) => Object.assign(c.technicalUser.rights[1] ?? {}, { reason: "Other." }),
  ],
  [
    "one right more",
    "rights",
    automatic,
    (c) => c.technicalUser.rights.push({ path: "a.b", level: "X", reason: "New." }),
  ],
  [
    "the name of the technical user",
    "technicalUser",
    automatic,
    (c) => Object.assign(c.technicalUser, { username: "Z" }),
  ],
  ["the text of the terms", "terms", automatic, (c) => Object.assign(c.terms, { body: "New." })],
  ["the cap", "cap", automatic, (c) => Object.assign(c, { cap: 5 })],
  ["the support's phone", "support", automatic, (c) => Object.assign(c.support, { phone: null })],
  [
    "a question of the form",
    "partnerSteps",
    form,
    (c) => c.partnerSteps.kind === "form" && c.partnerSteps.fields.pop(),
  ],
  [
    "a form instead of nothing",
    "partnerSteps",
    automatic,
    (c) => Object.assign(c, { partnerSteps: form.partnerSteps }),
  ],
  [
    "where the partner's page is",
    "partnerSteps",
    page,
    (c) => Object.assign(c.partnerSteps, { url: "https://other.example/" }),
  ],
  [
    "the time to decide",
    "decisionTimeout",
    automatic,
    (c) => Object.assign(c, { decisionTimeoutSeconds: 86_400 }),
  ],
])("%s is shown, and nothing else", (_, field, before, change) => {
  expect(changed(before, change)).toEqual([field]);
});
