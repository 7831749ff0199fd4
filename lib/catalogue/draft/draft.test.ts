import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { getConnector } from "@/lib/connectors/registry";
import { anyContent } from "@/testing/fixtures/any-content";
import { makeDraft } from "@/testing/fixtures/draft-content";
import { FORM_STEPS, makeSpecificationContent } from "@/testing/fixtures/specification";
import { inLanguage } from "../integration/read-content";
import { specificationContent } from "../integration/schema";
import { emptyFormField, makeEmptyDraft } from "./empty";
import { type DraftSurroundings, findProblems, listOfferedLanguages } from "./find-problems";
import { draftFromContent } from "./from-content";
import { locateJson } from "./locate-json";
import { mergeChanges, withValueAt } from "./merge";
import { previewContent } from "./preview-content";
import { type DraftContent, draftContent, sectionOf } from "./schema";
import { findSurplusRights, listRightsNeeded } from "./surplus-rights";
import { candidateOf } from "./to-content";

const AROUND: DraftSurroundings = {
  manifest: getConnector("procountor").manifest,
  needed: listRightsNeeded(getConnector("procountor")),
  marketName: "Esimerkki Software",
  addresses: new Map(),
  today: "2026-11-30",
};
const change = (path: string, value: unknown, draft = makeDraft()): DraftContent =>
  withValueAt(draft, path.split("."), value);
const codesOf = (draft: DraftContent, around = AROUND): string[] =>
  findProblems(draft, around).problems.map(({ path, code }) => `${path} ${code}`);

describe("a version and its draft", () => {
  test("say the same, whatever the version says", () => {
    const plain = anyContent.filter(({ partnerSteps }) => partnerSteps.kind !== "form");
    fc.assert(
      fc.property(plain, (content) => {
        const draft = draftFromContent(content);
        expect(draftContent.parse(draft)).toEqual(draft);
        expect(specificationContent.parse(candidateOf(draft))).toEqual(content);
      }),
    );
  });

  test("say the same of a form", () => {
    const content = makeSpecificationContent({ partnerSteps: FORM_STEPS });
    const { partnerSteps } = specificationContent.parse(candidateOf(draftFromContent(content)));
    expect(partnerSteps).toMatchObject({
      kind: "form",
      fields: [{ name: "account" }, { name: "contact" }, { name: "plan", choices: [{}, {}] }],
    });
  });
});

test("a draft that was saved with the address of a privacy policy alone is read as before", () => {
  const { privacyPolicy: _, ...rest } = makeDraft();
  const read = draftContent.parse({ ...rest, privacyPolicyUrl: "https://partner.example/privacy" });
  expect(read.privacyPolicy).toMatchObject({ source: "address", url: "https://partner.example/privacy" });
  expect(candidateOf(read).privacyPolicy).toEqual({ url: "https://partner.example/privacy" });
  expect(codesOf(read)).toEqual(["privacyPolicy.version unversioned"]);
});

describe("what is left to do", () => {
  test("is nothing of a draft that is whole", () => {
    const { problems, content } = findProblems(makeDraft(), AROUND);
    expect(problems).toEqual([]);
    expect(content).toMatchObject({ schemaVersion: 2, name: { en: "Esimerkki Orders" } });
  });

  test("is told of an empty draft, each at its place and in a part of the editor", () => {
    const { problems, content } = findProblems(makeEmptyDraft("", "fi"), AROUND);
    expect(content).toBeNull();
    const musts = problems.filter(({ weight }) => weight === "must").map(({ path }) => path);
    expect(musts).toEqual(
      expect.arrayContaining([
        "name",
        "summary",
        "description",
        "terms.version",
        "terms.updatedOn",
        "terms.body",
        "privacyPolicy.url",
        "support.email",
        "technicalUser.username",
      ]),
    );
    expect(sectionOf("terms.body")).toBe("agreements");
  });

  test.each([
    ["a long text", change("summary.en", "x".repeat(201)), "summary.en too_long"],
    ["another language alone", change("summary", { fi: "Suomeksi" }), "summary main_language"],
    [
      "a script for an address",
      change("privacyPolicy.url", "javascript:alert(1)"),
      "privacyPolicy.url web_address",
    ],
    [
      "the text of a privacy policy without a date",
      change("privacyPolicy", { ...makeDraft().terms, updatedOn: "" }),
      "privacyPolicy.updatedOn required",
    ],
    [
      "an address with a version and no date",
      change("privacyPolicy.updatedOn", ""),
      "privacyPolicy.updatedOn required",
    ],
    [
      "a privacy policy without its text",
      change("privacyPolicy.source", "text"),
      "privacyPolicy.body required",
    ],
    ["a policy to come", change("privacyPolicy.updatedOn", "2027-01-01"), "privacyPolicy.updatedOn future"],
    ["a day that is none", change("terms.updatedOn", "2026-02-30"), "terms.updatedOn date"],
    ["a day to come", change("terms.updatedOn", "2027-01-01"), "terms.updatedOn future"],
    ["a number that is missing", change("cap", null), "cap required"],
    ["too many", change("cap", 900), "cap at_most"],
    [
      "no API in the name",
      change("technicalUser.username", "Esimerkki Orders"),
      "technicalUser.username username_api",
    ],
    [
      "a stranger's name",
      change("technicalUser.username", "Jane API"),
      "technicalUser.username username_name",
    ],
    [
      "an unknown right",
      change("technicalUser.rights.0.path", "sales.magic"),
      "technicalUser.rights.0.path right_unknown",
    ],
    [
      "an unknown level",
      change("technicalUser.rights.0.level", "SOME"),
      "technicalUser.rights.0.level level_unknown",
    ],
    [
      "data without a right to write",
      change("technicalUser.rights.0.level", "VIEWING_RIGHTS"),
      "technicalUser.rights no_write_right",
    ],
    [
      "a right to write without data",
      change("dataFlows.0.direction", "from_vendor"),
      "technicalUser.rights.0.level write_without_flow",
    ],
    ["rights without data", change("dataFlows", []), "dataFlows rights_without_flows"],
    ["data without rights", change("technicalUser.rights", []), "technicalUser.rights flows_without_rights"],
    ["a language by half", change("name.fi", "Tilaukset"), "summary missing_fi"],
  ])("%s", (_, draft, expected) => {
    expect(codesOf(draft)).toContain(expected);
  });

  test("holds the partner's or the integration's name to be in the technical user's", () => {
    expect(codesOf(change("technicalUser.username", "Esimerkki-Software API"))).toEqual([]);
  });

  test("is told of a form: names, choices and what is accepted", () => {
    const field = { ...emptyFormField(), name: "plan", label: { en: "Plan" } };
    const fields = [
      field,
      { ...field, type: "choice" as const },
      { ...field, name: "Not a name", type: "accept" as const },
    ];
    const draft = change("partnerSteps", {
      ...makeDraft().partnerSteps,
      kind: "form",
      title: { en: "Questions" },
      intro: { en: "Three." },
      fields,
    });
    expect(codesOf(draft)).toEqual(
      expect.arrayContaining([
        "partnerSteps.fields.1.name name_twice",
        "partnerSteps.fields.1.choices at_least_items",
        "partnerSteps.fields.2.name name_format",
      ]),
    );
  });

  test("is told of addresses that do not answer, when the worker found out", () => {
    const address = "https://partner.example/privacy";
    const around = (found: { status: number | null; error: string | null }) => ({
      ...AROUND,
      addresses: new Map([[address, found]]),
    });
    expect(codesOf(makeDraft(), around({ status: 404, error: null }))).toEqual([
      "privacyPolicy.url bad_answer",
    ]);
    expect(codesOf(makeDraft(), around({ status: null, error: "no answer in time" }))).toEqual([
      "privacyPolicy.url no_answer",
    ]);
    expect(codesOf(makeDraft(), around({ status: 200, error: null }))).toEqual([]);
  });

  test("offers a language once anything is written in it", () => {
    expect(listOfferedLanguages(makeDraft())).toEqual(["en"]);
    expect(listOfferedLanguages(change("terms.body.sv", "Villkor"))).toEqual(["en", "sv"]);
  });
});

test("the preview has words or a value in the place of whatever is missing", () => {
  const gaps = { text: "[missing]", address: "https://example.com/", today: "2026-11-30" };
  const empty = makeEmptyDraft("", "en");
  const broken: DraftContent = {
    ...empty,
    price: { ...empty.price, kind: "known", currency: "x", priceListUrl: "javascript:alert(1)" },
    dataFlows: [
      {
        what: {},
        direction: "both",
        frequency: { kind: "every", count: null, unit: "day" },
        master: "vendor",
      },
    ],
    partnerSteps: { ...empty.partnerSteps, kind: "form", fields: [emptyFormField()] },
  };
  const shown = previewContent(broken, "fi", gaps);
  expect(shown).toMatchObject({
    name: "[missing]",
    price: { currency: "EUR", amountMinor: 0, priceListUrl: "https://example.com/" },
    privacyPolicy: { url: "https://example.com/" },
    dataFlows: [{ what: "[missing]", frequency: { count: 1 } }],
    partnerSteps: { fields: [{ label: "[missing]", name: "question_1" }] },
  });
  const whole = previewContent(change("name.fi", "Tilaukset"), "fi", gaps);
  expect(whole).toEqual(
    inLanguage(specificationContent.parse(candidateOf(change("name.fi", "Tilaukset"))), "fi"),
  );
});

describe("merging what two people changed", () => {
  const text = fc.constantFrom("a", "b", "c");
  const value = fc.record({
    name: text,
    texts: fc.record({ en: text, fi: text }),
    list: fc.array(text, { maxLength: 2 }),
  });

  test("loses nothing: each value is of one of the two, and what one alone changed is kept", () => {
    fc.assert(
      fc.property(value, value, value, (base, mine, theirs) => {
        const { merged, conflicts } = mergeChanges(base, mine, theirs);
        for (const [before, one, other, result, path] of [
          [base.name, mine.name, theirs.name, merged.name, "name"],
          [base.texts.en, mine.texts.en, theirs.texts.en, merged.texts.en, "texts.en"],
          [base.texts.fi, mine.texts.fi, theirs.texts.fi, merged.texts.fi, "texts.fi"],
        ]) {
          const isConflict = conflicts.some((conflict) => conflict.path.join(".") === path);
          expect(isConflict).toBe(one !== other && one !== before && other !== before);
          if (!isConflict) expect(result).toBe(one === before ? other : one);
        }
      }),
    );
  });
});

describe("the lines of a file", () => {
  const text = '{\n  "a": [1,\n    {"b": "x\\"\\n"}],\n  "c": {}\n}\n';
  test("are known for every value", () => {
    const located = locateJson(text);
    if ("fault" in located) throw new Error(located.fault.message);
    expect(Object.fromEntries(located.places)).toEqual({ "": 1, a: 2, "a.0": 2, "a.1": 3, "a.1.b": 3, c: 4 });
  });

  test("are told of what is no JSON", () => {
    expect(locateJson('{\n "a": 1\n "b": 2\n}')).toMatchObject({ fault: { line: 3 } });
    expect(locateJson('{\n "a": 1,')).toMatchObject({ fault: { line: 2 } });
  });

  test("are those of any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const located = locateJson(json);
        if ("value" in located) expect(located.value).toEqual(JSON.parse(json));
      }),
    );
  });
});

describe("least rights", () => {
  const { manifest } = getConnector("procountor");
  const needed = {
    gateway: [{ path: "sales.customerRegister", level: "VIEWING_RIGHTS" }],
    records: [],
    deliveries: [{ path: "sales.productRegister", level: "ALL_RIGHTS" }],
    files: [{ path: "sales.productRegister", level: "ALL_RIGHTS" }],
  };
  const surplus = (
    access: Parameters<typeof findSurplusRights>[0]["access"],
    ...rights: [string, string][]
  ) =>
    findSurplusRights(
      { access, rights: rights.map(([path, level]) => ({ path, level })) },
      manifest.rights,
      needed,
    );

  test("tell of a right that nothing of the chosen access needs, and of a level above it", () => {
    expect(surplus(["deliveries"], ["sales.productRegister", "ALL_RIGHTS"])).toEqual([]);
    expect(
      surplus(
        ["gateway"],
        ["sales.customerRegister", "ALL_RIGHTS"],
        ["sales.productRegister", "VIEWING_RIGHTS"],
      ),
    ).toEqual([
      { index: 0, what: "level" },
      { index: 1, what: "right" },
    ]);
    expect(surplus(["gateway", "files"], ["sales.productRegister", "ALL_RIGHTS"])).toEqual([]);
  });

  test("say nothing where nothing is accessed here, or nothing is known of what the access needs", () => {
    expect(surplus([], ["sales.productRegister", "ALL_RIGHTS"])).toEqual([]);
    expect(surplus(["records"], ["sales.productRegister", "ALL_RIGHTS"])).toEqual([]);
  });

  test("stand beside the field and keep nobody from submitting", () => {
    const draft = { ...makeDraft(), access: ["deliveries" as const] };
    const path = manifest.rights.find(
      (right) => !right.limits && !needsOf("procountor").includes(right.path),
    );
    const right = { path: path?.path ?? "", level: path?.levels.at(-1) ?? "" };
    const asked = {
      ...draft,
      technicalUser: { ...draft.technicalUser, rights: [{ ...draft.technicalUser.rights[0], ...right }] },
    };
    const { problems } = findProblems(draftContent.parse(asked), AROUND);
    expect(problems).toContainEqual({
      path: "technicalUser.rights.0.path",
      weight: "should",
      code: "right_unused",
      values: {},
    });
  });
});

const needsOf = (connector: string): string[] =>
  listRightsNeeded(getConnector(connector)).deliveries.map(({ path }) => path);
