import type { RightDefinition } from "@/lib/connectors/manifest";
import { canonicalJson } from "@/lib/core/canonical-json";
import { arrange } from "./read-content";
import {
  type ChangeReason,
  type ChangeVerdict,
  type Finding,
  type SpecificationContent,
  type SpecificationField,
  VERDICTS,
  type Verdict,
} from "./schema";
import type { Text } from "./texts";

type Found = Omit<Finding, "field">;
/** The rights that a vendor has, each with its levels from least to most. */
type Catalogue = readonly RightDefinition[];
type Judge<Value> = (before: Value, after: Value, catalogue: Catalogue) => Found[];
type Rule<Value> = {
  /** Of a difference in which `judge` finds nothing. */
  otherwise: Found;
  judge?: Judge<Value>;
};

const TEXT: Found = { verdict: "silent", why: "text" };
const NARROWER: Found = { verdict: "silent", why: "narrower" };
/** Asked or applied at an activation: who is active already meets it no more. */
const NEW_ACTIVATIONS: Found = { verdict: "silent", why: "new_activations" };
const OTHER: Found = { verdict: "announced", why: "other" };
const consent = (why: ChangeReason, detail?: string): Found => ({
  verdict: "needs_consent",
  why,
  ...(detail === undefined ? {} : { detail }),
});

const isSame = (one: unknown, other: unknown): boolean =>
  canonicalJson(one ?? null) === canonicalJson(other ?? null);

/** Levels by which vendors say that nothing is allowed. */
const NOTHING = ["NOT_ENABLED", "NO_ACCESS", "DENIED", "false"];

/**
 * How much a right lets its holder do; 0 is nothing. A limitation that a specification does not ask for limits nothing, so that a
 * version without it is wider. A right that is named twice counts as its widest.
 */
function widthOf(level: string | undefined, right: RightDefinition | undefined): number | undefined {
  if (right?.limits) return level === "true" ? 0 : 1;
  if (level === undefined || NOTHING.includes(level)) return 0;
  const position = right?.levels.indexOf(level) ?? -1;
  return position < 0 ? undefined : position + 1;
}

type Rights = SpecificationContent["technicalUser"]["rights"];

const judgeRights = (before: Rights, after: Rights, catalogue: Catalogue): Found[] => {
  const levelsAt = (rights: Rights, path: string): (string | undefined)[] => {
    const levels = rights.filter((right) => right.path === path).map(({ level }) => level);
    return levels.length === 0 ? [undefined] : levels;
  };
  const paths = [...new Set([...before, ...after].map(({ path }) => path))].sort();
  return paths.flatMap((path) => {
    const right = catalogue.find((one) => one.path === path);
    const [old, now] = [levelsAt(before, path), levelsAt(after, path)];
    const widest = Math.max(...old.map((level) => widthOf(level, right) ?? 0));
    const isWider = now.some((level) => {
      const width = widthOf(level, right);
      // A level that the catalogue does not know is as wide as nothing but itself.
      return width === undefined ? !old.includes(level) : width > widest;
    });
    return isWider ? [consent("wider_right", path)] : [];
  });
};

type Flow = SpecificationContent["dataFlows"][number];
/** One way of one thing: `both` is two. */
type Way = Omit<Flow, "direction"> & { direction: "to_vendor" | "from_vendor" };
const waysOf = (flows: Flow[]): Way[] =>
  flows.flatMap((flow) =>
    flow.direction === "both"
      ? [
          { ...flow, direction: "to_vendor" as const },
          { ...flow, direction: "from_vendor" as const },
        ]
      : [{ ...flow, direction: flow.direction }],
  );
/** In no language that both have do they differ, and there is one: a translation more is the same thing. */
const saysSame = (one: Text, other: Text): boolean => {
  const shared = (Object.keys(one) as (keyof Text)[]).filter((language) => language in other);
  return shared.length > 0 && shared.every((language) => one[language] === other[language]);
};

const judgeFlows: Judge<Flow[]> = (before, after) => {
  const old = waysOf(before);
  return waysOf(after).flatMap((way): Found[] => {
    const detail = way.what.en ?? Object.values(way.what).sort()[0];
    const known = old.filter(
      ({ what, direction }) => direction === way.direction && saysSame(what, way.what),
    );
    if (known.length === 0) return [consent("new_flow", detail)];
    const mastered = known.filter(({ master }) => master === way.master);
    if (mastered.length === 0) return [consent("new_master", detail)];
    return mastered.some(({ frequency }) => isSame(frequency, way.frequency))
      ? []
      : [{ verdict: "announced", why: "frequency" }];
  });
};

const judgePrice: Judge<SpecificationContent["price"]> = (before, after) => {
  if (before.kind === "unknown" || after.kind === "unknown")
    return before.kind === after.kind ? [] : [consent("other_price")];
  if (before.currency !== after.currency || before.billedTo !== after.billedTo)
    return [consent("other_price")];
  const rises = [
    after.amountMinor - before.amountMinor,
    (after.oneOffMinor ?? 0) - (before.oneOffMinor ?? 0),
  ];
  return [
    ...(rises.some((rise) => rise > 0) ? [consent("higher_price")] : []),
    ...(rises.some((rise) => rise < 0) ? [{ verdict: "announced", why: "lower_price" } as const] : []),
    ...(before.priceListUrl === after.priceListUrl
      ? []
      : [{ verdict: "announced", why: "price_list" } as const]),
  ];
};

type Agreement = { version?: string; updatedOn?: string; body?: Text; url?: string };

/** Another translation of the same text leaves what was accepted as it is; every other difference is another agreement. */
const judgeAgreement: Judge<Agreement> = (before, after) => {
  const { body: old, ...head } = before;
  const { body: now, ...newHead } = after;
  if (!isSame(head, newHead)) return [consent("new_terms")];
  if (old === undefined || now === undefined) return isSame(old, now) ? [] : [consent("new_terms")];
  const shared = Object.keys(old).filter((language) => language in now) as (keyof Text)[];
  if (shared.length === 0 || shared.some((language) => old[language] !== now[language]))
    return [consent("new_terms")];
  return isSame(old, now) ? [] : [{ verdict: "announced", why: "translation" }];
};

/** An address that got version and date leads where it led. */
const judgePolicy: Judge<Agreement> = (before, after) => {
  const isDated = before.version === undefined && before.url !== undefined && before.url === after.url;
  return isDated && after.version !== undefined
    ? [{ verdict: "announced", why: "policy_dated" }]
    : judgeAgreement(before, after, []);
};

type Steps = SpecificationContent["partnerSteps"];
/** What a customer ticks in the partner's form is agreed to, like the terms. */
const judgeSteps: Judge<Steps> = (before, after) => {
  const acceptsOf = (steps: Steps) =>
    steps.kind === "form"
      ? steps.fields
          .filter(({ type, required }) => type === "accept" && required)
          .map(({ label, url }) => ({ label, url }))
      : [];
  const old = acceptsOf(before);
  return acceptsOf(after).some(
    (one) => !old.some(({ label, url }) => url === one.url && saysSame(label, one.label)),
  )
    ? [consent("new_terms")]
    : [];
};

/**
 * What a change of each field means. The review, the editor and the publication read this table, and a field of the schema that
 * is missing here does not compile.
 */
const CHANGES: {
  readonly [Field in SpecificationField]-?: Rule<SpecificationContent[Field]>;
} = {
  name: { otherwise: OTHER },
  summary: { otherwise: TEXT },
  description: { otherwise: TEXT },
  mainLanguage: { otherwise: TEXT },
  support: { otherwise: TEXT },
  cap: { otherwise: NEW_ACTIVATIONS },
  decisionTimeoutSeconds: { otherwise: NEW_ACTIVATIONS },
  settings: { otherwise: OTHER },
  requirements: { otherwise: NEW_ACTIVATIONS },
  partnerSteps: { otherwise: NEW_ACTIVATIONS, judge: judgeSteps },
  dataFlows: { otherwise: NARROWER, judge: judgeFlows },
  price: { otherwise: OTHER, judge: judgePrice },
  terms: { otherwise: OTHER, judge: judgeAgreement },
  privacyPolicy: { otherwise: OTHER, judge: judgePolicy },
  dataProcessingAgreement: {
    otherwise: OTHER,
    judge(before, after, catalogue) {
      if (before === null || after === null)
        return before === after ? [] : [consent(after === null ? "lost_agreement" : "new_terms")];
      return judgeAgreement(before, after, catalogue);
    },
  },
  technicalUser: {
    otherwise: NARROWER,
    judge: (before, after, catalogue) => [
      ...judgeRights(before.rights, after.rights, catalogue),
      ...(before.username === after.username ? [] : [OTHER]),
    ],
  },
  access: {
    otherwise: NARROWER,
    judge: (before, after) =>
      [...(after ?? [])]
        .sort()
        .flatMap((kind) => (before?.includes(kind) ? [] : [consent("new_access", kind)])),
  },
};

const FIELDS = Object.keys(CHANGES) as SpecificationField[];
const rankOf = (verdict: Verdict): number => VERDICTS.indexOf(verdict);

/**
 * What differs between two versions in any language, and what that means for those who accepted `before`: the weightiest first.
 * Null when both say the same. The order of lists in which it means nothing makes no difference.
 */
export function judgeChange(
  before: SpecificationContent,
  after: SpecificationContent,
  catalogue: Catalogue,
): ChangeVerdict | null {
  const findings = FIELDS.flatMap((field): Finding[] => {
    const [old, now] = [arrange(before[field], field), arrange(after[field], field)];
    if (isSame(old, now)) return [];
    // One rule for the value of one field: the union of both does not show that they belong together.
    const { judge, otherwise } = CHANGES[field] as Rule<unknown>;
    const found = judge?.(old, now, catalogue) ?? [];
    const distinct = new Map(
      (found.length > 0 ? found : [otherwise]).map((one) => [canonicalJson(one), one]),
    );
    return [...distinct.values()].map((one) => ({ field, ...one }));
  }).sort((one, other) => rankOf(other.verdict) - rankOf(one.verdict));
  const [first] = findings;
  return first ? { verdict: first.verdict, findings } : null;
}
