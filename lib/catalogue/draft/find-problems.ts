import type { z } from "zod";
import type { ConnectorManifest } from "@/lib/connectors/manifest";
import { newContent } from "../integration/import-file";
import type { SpecificationContent } from "../integration/schema";
import { languageOfField, listTexts } from "../integration/texts";
import { listAddresses } from "./addresses";
import {
  DRAFT_LANGUAGES,
  type DraftAgreement,
  type DraftContent,
  type DraftLanguage,
  type DraftPath,
  type DraftProblem,
} from "./schema";
import { findSurplusRights, type RightsNeeded } from "./surplus-rights";
import { candidateOf } from "./to-content";

/** What an address of the draft answered when the worker called it. */
export type AddressFinding = { status: number | null; error: string | null };

/** What a draft is held against beside the rules of its shape. */
export type DraftSurroundings = {
  manifest: Pick<ConnectorManifest, "rights" | "name" | "invoiceDelivery">;
  /** What each kind of access needs, as the connector says. */
  needed: RightsNeeded;
  /** What customers know the partner by. */
  marketName: string;
  /** By address; those that were not called are not there. */
  addresses: ReadonlyMap<string, AddressFinding>;
  /** `2026-11-30`. */
  today: string;
};

export type DraftFindings = {
  problems: DraftProblem[];
  /** The version that the draft would be; null while something must be put right. */
  content: SpecificationContent | null;
};

type Issue = z.core.$ZodIssue;

const must = (path: DraftPath, code: string, values: DraftProblem["values"] = {}): DraftProblem => ({
  path,
  weight: "must",
  code,
  values,
});
const should = (path: DraftPath, code: string, values: DraftProblem["values"] = {}): DraftProblem => ({
  path,
  weight: "should",
  code,
  values,
});

/** All that is left to do about a draft, and the version that it would be. */
export function findProblems(draft: DraftContent, around: DraftSurroundings): DraftFindings {
  const read = newContent.safeParse(candidateOf(draft));
  const problems = [
    ...(read.success ? [] : read.error.issues.map(problemOfIssue)),
    ...findMissingTexts(draft),
    ...findWrongRights(draft, around),
    ...findWrongDelivery(draft, around),
    ...findWrongSteps(draft),
    ...findNameProblems(draft, around),
    ...findContradictions(draft, around),
    ...findSurplus(draft, around),
    ...findMissingLanguages(draft),
    ...findAddressProblems(draft, around),
    ...findDateProblems(draft, around),
  ];
  // Of two problems of one place the first is the cause.
  const seen = new Set<string>();
  const listed = problems.filter(({ path, code, weight }) => {
    const key = weight === "must" ? path : `${path} ${code}`;
    return seen.has(key) ? false : seen.add(key);
  });
  const isDone = listed.every(({ weight }) => weight === "should");
  return { problems: listed, content: isDone && read.success ? read.data : null };
}

/** Where the candidate keeps a value under another name than the draft. */
const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/^(settings\.\d+)\.default$/, "$1.chosen"],
  [/^(requirements\.products\.codes)\.\d+$/, "$1"],
  [/^requirements\.customerNumbers\.setting$/, "requirements.customerNumbers"],
];

function pathOf({ path }: Issue): DraftPath {
  const written = path.map(String).join(".");
  const [from, to] = RENAMED.find(([pattern]) => pattern.test(written)) ?? [/^/, ""];
  return written.replace(from, to);
}

function problemOfIssue(issue: Issue): DraftProblem {
  const path = pathOf(issue);
  switch (issue.code) {
    case "invalid_type":
      return must(path, issue.expected === "int" ? "whole_number" : "required");
    case "too_small":
      if (issue.origin === "string") return must(path, "required");
      return must(path, issue.origin === "array" ? "at_least_items" : "at_least", {
        min: Number(issue.minimum),
      });
    case "too_big":
      if (issue.origin === "string") return must(path, "too_long", { max: Number(issue.maximum) });
      return must(path, issue.origin === "array" ? "at_most_items" : "at_most", {
        max: Number(issue.maximum),
      });
    case "invalid_format":
      return must(path, formatCode(issue.format, path));
    case "custom":
      return problemOfRule(issue, path);
    default:
      return must(path, "invalid");
  }
}

function formatCode(format: string, path: DraftPath): string {
  if (format === "url") return "web_address";
  if (format === "email") return "email";
  if (format === "date") return "date";
  return path === "price.currency" ? "currency" : "name_format";
}

/** Rules of the content over several values say what is wrong in a sentence. */
function problemOfRule({ message }: Issue, path: DraftPath): DraftProblem {
  if (/^has no text in the main language/.test(message)) return must(path, "main_language");
  const [, field, sentence] = /^(settings|requirements): (.*)$/s.exec(message) ?? [];
  if (field !== undefined) return must(field, "rule", { sentence: sentence ?? "" });
  return /^(?:terms|privacyPolicy|dataProcessingAgreement)\./.test(path)
    ? must(path, "required")
    : must(path, "rule", { sentence: message });
}

function listAgreements(draft: DraftContent): [DraftPath, DraftAgreement][] {
  const { terms, privacyPolicy, dataProcessingAgreement: processing } = draft;
  return [
    ["terms", terms],
    ["privacyPolicy", privacyPolicy],
    ...(processing ? [["dataProcessingAgreement", processing] satisfies [DraftPath, DraftAgreement]] : []),
  ];
}

/** A privacy policy may stand at an address without version and date; one without the other tells nobody which text it was. */
function findMissingVersion({ privacyPolicy }: DraftContent): DraftProblem[] {
  const { source, version, updatedOn } = privacyPolicy;
  const missing = (["version", "updatedOn"] as const).filter((name) => privacyPolicy[name].trim() === "");
  if (source === "address" && version.trim() === "" && updatedOn.trim() === "")
    return [should("privacyPolicy.version", "unversioned")];
  return missing.map((name) => must(`privacyPolicy.${name}`, "required"));
}

function findDateProblems(draft: DraftContent, { today }: DraftSurroundings): DraftProblem[] {
  return listAgreements(draft).flatMap(([path, { updatedOn }]) =>
    updatedOn > today ? [should(`${path}.updatedOn`, "future")] : [],
  );
}

/** The content's own rules over several values are asked last; these are told from the first save on. */
function findMissingTexts(draft: DraftContent): DraftProblem[] {
  return [
    ...listAgreements(draft).flatMap(([path, { source, body }]) =>
      source === "text" && Object.values(body).every((words) => !words?.trim())
        ? [must(`${path}.body`, "required")]
        : [],
    ),
    ...findMissingVersion(draft),
    ...listTexts(candidateOf(draft))
      .filter(({ text }) => text[draft.mainLanguage] === undefined)
      .map(({ path }) => must(path.join("."), "main_language")),
  ];
}

function findWrongRights(
  { technicalUser: { rights } }: DraftContent,
  { manifest }: DraftSurroundings,
): DraftProblem[] {
  return rights.flatMap(({ path, level }, index) => {
    const place = `technicalUser.rights.${index}`;
    const known = manifest.rights.find((right) => right.path === path);
    if (!known) return [must(`${place}.path`, "right_unknown", { right: path })];
    if (!known.levels.includes(level)) return [must(`${place}.level`, "level_unknown", { level })];
    const isTwice = rights.findIndex((right) => right.path === path) < index;
    return isTwice ? [must(`${place}.path`, "right_twice")] : [];
  });
}

/** A version that was made for another release, or a file: the vendor has no such way of sending invoices. */
function findWrongDelivery({ requirements }: DraftContent, { manifest }: DraftSurroundings): DraftProblem[] {
  const known = manifest.invoiceDelivery ?? [];
  return Object.keys(requirements.delivery ?? {})
    .filter((way) => !known.includes(way))
    .map((way) => must("requirements", "delivery_unknown", { way, connector: manifest.name }));
}

function findWrongSteps({ partnerSteps: { kind, fields }, decisionTimeoutSeconds }: DraftContent) {
  if (kind !== "form") {
    const isShort = kind === "page" && decisionTimeoutSeconds !== null && decisionTimeoutSeconds < 300;
    return isShort ? [should("decisionTimeoutSeconds", "short_timeout")] : [];
  }
  return fields.flatMap(({ name, type, choices }, index) => {
    const place = `partnerSteps.fields.${index}`;
    const isTwice = name !== "" && fields.findIndex((field) => field.name === name) < index;
    return [
      ...(isTwice ? [must(`${place}.name`, "name_twice")] : []),
      ...(type === "choice" && choices.length < 2
        ? [must(`${place}.choices`, "at_least_items", { min: 2 })]
        : []),
    ];
  });
}

const plain = (text: string): string =>
  text
    .toLocaleLowerCase("en")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/**
 * In the list of a company's users the technical user is told from people by its name alone: it holds "API", and the name that
 * the integration or its partner goes to market under.
 */
function findNameProblems(
  { name, mainLanguage, technicalUser: { username } }: DraftContent,
  { marketName }: DraftSurroundings,
): DraftProblem[] {
  if (username.trim() === "") return [];
  const words = plain(username);
  const names = [name[mainLanguage] ?? "", marketName].map(plain).filter(Boolean);
  const path = "technicalUser.username";
  return [
    ...(/(^| )api( |$)/.test(words) ? [] : [must(path, "username_api")]),
    ...(names.some((one) => words.includes(one))
      ? []
      : [must(path, "username_name", { name: name[mainLanguage] || marketName })]),
  ];
}

/** Data that moves without a right for it, and rights for data that does not move. */
function findContradictions(
  { dataFlows, technicalUser: { rights } }: DraftContent,
  { manifest }: DraftSurroundings,
): DraftProblem[] {
  const isWrite = ({ path, level }: { path: string; level: string }): boolean => {
    const known = manifest.rights.find((right) => right.path === path);
    return known !== undefined && !known.limits && known.levels.length > 1 && known.levels.at(-1) === level;
  };
  const writes = dataFlows.some(({ direction }) => direction !== "from_vendor");
  if (dataFlows.length === 0)
    return rights.length > 0 ? [should("dataFlows", "rights_without_flows", { count: rights.length })] : [];
  if (rights.length === 0) return [should("technicalUser.rights", "flows_without_rights")];
  const writing = rights.filter(isWrite);
  if (writes && writing.length === 0)
    return [should("technicalUser.rights", "no_write_right", { connector: manifest.name })];
  if (writes) return [];
  return rights.flatMap((right, index) =>
    isWrite(right)
      ? [should(`technicalUser.rights.${index}.level`, "write_without_flow", { connector: manifest.name })]
      : [],
  );
}

/** Least rights: what is asked for beyond all that the chosen access can do. */
function findSurplus(
  { access, technicalUser: { rights } }: DraftContent,
  { manifest, needed }: DraftSurroundings,
) {
  return findSurplusRights({ access, rights }, manifest.rights, needed).map(({ index, what }) =>
    what === "right"
      ? should(`technicalUser.rights.${index}.path`, "right_unused")
      : should(`technicalUser.rights.${index}.level`, "level_unused"),
  );
}

/** A language is offered once anything is written in it. */
export function listOfferedLanguages(draft: DraftContent): DraftLanguage[] {
  const texts = listTexts(candidateOf(draft));
  return DRAFT_LANGUAGES.filter(
    (language) => language === draft.mainLanguage || texts.some(({ text }) => text[language] !== undefined),
  );
}

function findMissingLanguages(draft: DraftContent): DraftProblem[] {
  const candidate = candidateOf(draft);
  const others = listOfferedLanguages(draft).filter((language) => language !== draft.mainLanguage);
  return others.flatMap((language) =>
    Object.entries(candidate)
      .filter(
        ([, value]) =>
          listTexts(value).length > 0 && languageOfField(value, language, draft.mainLanguage) !== language,
      )
      .map(([field]) => should(field, `missing_${language}`, { main: draft.mainLanguage })),
  );
}

function findAddressProblems(draft: DraftContent, { addresses }: DraftSurroundings): DraftProblem[] {
  return listAddresses(draft).flatMap(({ path, address }) => {
    const found = addresses.get(address);
    if (!found) return [];
    if (found.error !== null) return [should(path, "no_answer", { error: found.error })];
    return found.status !== null && found.status >= 400
      ? [should(path, "bad_answer", { status: found.status })]
      : [];
  });
}
