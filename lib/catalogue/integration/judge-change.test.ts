import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "@/lib/core/canonical-json";
import { anyChange, anyContent } from "@/testing/fixtures/any-content";
import { judgeChange } from "./judge-change";
import { LISTS, type SpecificationContent, VERDICTS, type Verdict } from "./schema";

/** `other.things` is of a newer release of the vendor, so that the catalogue does not have it. */
const CATALOGUE = [
  { path: "sales.invoices", levels: ["READ", "WRITE"] },
  { path: "sales.customers", levels: ["READ", "WRITE"] },
  { path: "limits.ownOnly", levels: ["false", "true"], limits: true },
];
const judge = (before: SpecificationContent, after: SpecificationContent) =>
  judgeChange(before, after, CATALOGUE);

const shuffled = (value: unknown, random: () => number, path = ""): unknown => {
  if (Array.isArray(value)) {
    const items = value.map((item) => shuffled(item, random, path));
    return LISTS[path] === "unordered"
      ? items
          .map((item) => ({ item, at: random() }))
          .sort((one, other) => one.at - other.at)
          .map(({ item }) => item)
      : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    shuffled(item, random, path === "" ? key : `${path}.${key}`),
  ]);
  return Object.fromEntries(random() < 0.5 ? entries.reverse() : entries);
};
const randomOf = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

/**
 * The oracle: everything that a customer lets happen or owes, each as a sentence of its own. Consent is needed when `after` has a
 * sentence that `before` has not. It knows the values of `anyContent` and nothing of how the table judges.
 */
function sentences(content: SpecificationContent, other: SpecificationContent): Set<string> {
  const { technicalUser, access, price, terms, dataProcessingAgreement: dpa } = content;
  const said = new Set<string>();
  for (const { path, level } of technicalUser.rights) {
    said.add(`${path} may ${level}`);
    if (level === "WRITE" && path !== "other.things") said.add(`${path} may READ`);
  }
  for (const kind of access ?? []) said.add(`goes through ${kind}`);
  if (price.kind === "unknown") said.add("a price that is not known");
  else {
    for (const step of [0, 490, 1290])
      if (price.amountMinor >= step) said.add(`${price.billedTo} pays ${step} ${price.currency}`);
    for (const step of [5000, 9900])
      if ((price.oneOffMinor ?? 0) >= step) said.add(`${price.billedTo} pays once ${step} ${price.currency}`);
  }
  for (const [name, one, its] of [
    ["terms", terms, other.terms],
    ["processing", dpa, other.dataProcessingAgreement],
  ] as const) {
    if (one === null) {
      said.add(`no ${name}`);
      continue;
    }
    said.add(`${name} ${one.version} of ${one.updatedOn} ${one.url ?? "as text"}`);
    // A translation that one side lacks contradicts nothing.
    for (const [language, words] of Object.entries(one.body ?? {}))
      if (its?.body && language in its.body) said.add(`${name} in ${language} ${words}`);
  }
  return said;
}

/** Every way of every flow of `after` is one of `before` that no language contradicts. */
function flowsAreKnown(before: SpecificationContent, after: SpecificationContent): boolean {
  const goes = (direction: string, way: string) => direction === "both" || direction === way;
  return after.dataFlows.every((flow) =>
    ["to_vendor", "from_vendor"].every(
      (way) =>
        !goes(flow.direction, way) ||
        before.dataFlows.some(
          (old) =>
            goes(old.direction, way) &&
            old.master === flow.master &&
            // Two translations make one text: a reader of either translation has read the text.
            canonicalJson({ ...old.what, ...flow.what }) === canonicalJson({ ...flow.what, ...old.what }) &&
            new Set([...Object.keys(old.what), ...Object.keys(flow.what)]).size <
              Object.keys(old.what).length + Object.keys(flow.what).length,
        ),
    ),
  );
}

/** A mutation here leaves the privacy policy and the form fields that are ticked as they are: further tests below change them. */
function needsConsent(before: SpecificationContent, after: SpecificationContent): boolean {
  const [old, now] = [sentences(before, after), sentences(after, before)];
  return [...now].some((sentence) => !old.has(sentence)) || !flowsAreKnown(before, after);
}

const pairs = fc
  .oneof(
    { weight: 3, arbitrary: anyChange },
    { weight: 1, arbitrary: fc.tuple(anyContent, anyContent) },
    { weight: 1, arbitrary: anyContent.map((one) => [one, one] as [typeof one, typeof one]) },
  )
  .map(([before, after]): [SpecificationContent, SpecificationContent] => [
    before,
    { ...after, privacyPolicy: before.privacyPolicy, partnerSteps: before.partnerSteps },
  ]);

test("10,000 permutations and mutations: no false widening, none missed", () => {
  const pool = fc.sample(pairs, { numRuns: 2500, seed: 9 });
  const inOrder = pool.map(([before, after]) => JSON.stringify(judge(before, after)));
  const seen = new Map<Verdict | "same", number>();
  for (let round = 0; round < 10_000; round += 1) {
    const pair = pool[round % pool.length];
    if (!pair) throw new Error("the pool is empty");
    const random = randomOf(round);
    const [before, after] = pair.map((one) => shuffled(one, random) as SpecificationContent);
    if (!before || !after) throw new Error("two contents");
    const found = judge(before, after);
    const label = JSON.stringify([round, found, before, after]);
    if ((found?.verdict === "needs_consent") !== needsConsent(before, after)) expect.fail(label);
    if (JSON.stringify(found) !== inOrder[round % pool.length]) expect.fail(`order: ${label}`);
    if (judge(before, shuffled(before, random) as SpecificationContent) !== null) expect.fail(label);
    seen.set(found?.verdict ?? "same", (seen.get(found?.verdict ?? "same") ?? 0) + 1);
  }
  // Each verdict came up often enough to mean something.
  for (const verdict of [...VERDICTS, "same"] as const)
    expect(seen.get(verdict), verdict).toBeGreaterThan(200);
});

const [base] = fc.sample(anyContent, { numRuns: 1, seed: 3 });
if (!base) throw new Error("no content");
const rights = (...given: [path: string, level: string][]): SpecificationContent => ({
  ...base,
  technicalUser: {
    username: "API",
    rights: given.map(([path, level]) => ({ path, level, reason: { en: "Needed" } })),
  },
});
const policy = (privacyPolicy: SpecificationContent["privacyPolicy"]) => ({ ...base, privacyPolicy });
const accept = (url: string, label = "I agree"): SpecificationContent => ({
  ...base,
  partnerSteps: {
    kind: "form",
    title: { en: "T" },
    intro: { en: "I" },
    fields: [
      {
        name: "a",
        label: { en: label },
        help: null,
        type: "accept",
        url,
        required: true,
        maxLength: 120,
        choices: [],
      },
    ],
  },
});
const at = "https://partner.example/a";

test.each([
  ["a right more", rights(), rights(["sales.invoices", "READ"]), "needs_consent", "wider_right"],
  ["a right less", rights(["sales.invoices", "READ"]), rights(), "silent", "narrower"],
  [
    "a level less",
    rights(["sales.invoices", "WRITE"]),
    rights(["sales.invoices", "READ"]),
    "silent",
    "narrower",
  ],
  ["a right named as none", rights(), rights(["sales.invoices", "NO_ACCESS"]), "silent", "narrower"],
  ["a limit more", rights(), rights(["limits.ownOnly", "true"]), "silent", "narrower"],
  ["a limit less", rights(["limits.ownOnly", "true"]), rights(), "needs_consent", "wider_right"],
  [
    "a limit lifted",
    rights(["limits.ownOnly", "true"]),
    rights(["limits.ownOnly", "false"]),
    "needs_consent",
    "wider_right",
  ],
  ["a limit of nothing", rights(), rights(["limits.ownOnly", "false"]), "silent", "narrower"],
  [
    "an unknown level",
    rights(["sales.invoices", "WRITE"]),
    rights(["sales.invoices", "ALL"]),
    "needs_consent",
    "wider_right",
  ],
  [
    "a policy with a date",
    policy({ url: at }),
    policy({ url: at, version: "1", updatedOn: "2026-11-01" }),
    "announced",
    "policy_dated",
  ],
  [
    "another policy",
    policy({ url: at }),
    policy({ url: "https://partner.example/b" }),
    "needs_consent",
    "new_terms",
  ],
  ["another text to tick", accept(at), accept("https://partner.example/b"), "needs_consent", "new_terms"],
  [
    "nothing to tick any more",
    accept(at),
    { ...base, partnerSteps: { kind: "none" as const } },
    "silent",
    "new_activations",
  ],
] as const)("%s", (_, before, after, verdict, why) => {
  expect(judge(before, after)).toMatchObject({ verdict, findings: [{ verdict, why }] });
});
