import { COMMON_OUTCOMES, type ReturnedConsent } from "@/lib/connectors/consent";
import { decodeOnce, ReturnParameters } from "./return-parameters";
import type { EndedBecause } from "./schema";

/** What a browser carried back from a vendor: the query as text, a form's body as a query, and the headers that count. */
export type ReturnParts = { query: string; body?: string; headers?: readonly (readonly [string, string])[] };

export type ReadReturn =
  | { kind: "consent"; consent: ReturnedConsent }
  /** Nothing in it leads to a consent. */
  | { kind: "ended"; because: EndedBecause };

type Parse = (query: URLSearchParams) => ReturnedConsent | null;
type Reading = { parameters: ReturnParameters; consent: ReturnedConsent | null };

/** Every option of every parameter may be tried this often: two parameters can need each other's better value. */
const MAX_ROUNDS = 3;

/** Values with which vendors and RFC 6749 (4.1.2.1) say that the person turned back. */
const CANCELED = /^(?:access_?denied|abort(?:ed)?|declined|user_denied|.{0,40}cancel.{0,40})$/i;
const WHERE_CANCELED = ["error", "error_code", "error_subcode", "status", "result", "outcome"];
const ERROR_NAMES = ["error", "error_code", "error_description"];

/**
 * The one place that decides how a vendor's return is read, whatever the vendor or something on the way made of it. Names
 * count in any capitals. Of a doubled parameter, and of a value that came encoded twice or with its plus signs as spaces, the
 * first spelling counts that is well formed; the connector's `parse` says which is. Never throws for any text.
 */
export function readReturn({ query, body = "", headers = [] }: ReturnParts, parse: Parse): ReadReturn {
  const text = [query.replace(/^\?/, ""), body].filter(Boolean).join("&");
  const readings = spellingsOfQuery(text).map((spelling) => readSpelling(spelling, headers, parse));
  const best = readings.reduce((before, next) =>
    rankOf(next.consent) > rankOf(before.consent) ? next : before,
  );
  return conclude(best, readings);
}

/** The text as it is, with separators that came as `?`, `;` or `&amp;`, and encoded as a whole once too often. */
function spellingsOfQuery(text: string): [string, ...string[]] {
  const mend = (one: string): string => one.replaceAll("&amp;", "&").replace(/[?;]/g, "&");
  const decoded = decodeOnce(text);
  return [text, ...[mend(text), decoded, mend(decoded)].filter((one) => one !== text)];
}

/** Improves one parameter after the other for as long as the connector understands more. */
function readSpelling(text: string, headers: NonNullable<ReturnParts["headers"]>, parse: Parse): Reading {
  const parameters = ReturnParameters.of(text, headers);
  let best: Reading = { parameters, consent: parse(parameters) };
  for (let round = 0; round < MAX_ROUNDS && rankOf(best.consent) < COMPLETE; round += 1) {
    const before = best;
    for (const name of parameters.names) best = improve(best, name, parse);
    if (best === before) break;
  }
  return best;
}

function improve(reading: Reading, name: string, parse: Parse): Reading {
  let best = reading;
  for (const value of reading.parameters.optionsOf(name)) {
    const parameters = reading.parameters.with(name, value);
    const consent = parse(parameters);
    if (rankOf(consent) > rankOf(best.consent)) best = { parameters, consent };
  }
  return best;
}

const COMPLETE = 2;

/** How much was understood: nothing, whose return it is, or all of it. */
function rankOf(consent: ReturnedConsent | null): number {
  if (consent === null) return 0;
  if (consent.kind === "state" && isUnclear(consent.outcome)) return 1;
  return consent.kind === "key_login" && consent.code === null ? 1 : COMPLETE;
}

function isUnclear(outcome: string): boolean {
  return COMMON_OUTCOMES.some((common) => common === outcome && common !== "canceled");
}

function conclude({ consent }: Reading, readings: readonly Reading[]): ReadReturn {
  const isCanceled = readings.some(({ parameters }) =>
    WHERE_CANCELED.some((name) => parameters.optionsOf(name).some((value) => CANCELED.test(value))),
  );
  if (consent?.kind === "state" && isUnclear(consent.outcome) && isCanceled)
    return { kind: "consent", consent: { ...consent, outcome: "canceled", token: null } };
  // Beside a request's id a cancellation is what the vendor says of it; the person said so there.
  if (consent !== null && !(consent.kind === "request" && isCanceled)) return { kind: "consent", consent };
  return { kind: "ended", because: isCanceled ? "canceled" : whyNothing(readings) };
}

function whyNothing(readings: readonly Reading[]): EndedBecause {
  const all = readings.map(({ parameters }) => parameters);
  const has = (parameters: ReturnParameters, name: string) => parameters.optionsOf(name).some(Boolean);
  if (all.some((one) => ERROR_NAMES.some((name) => has(one, name)))) return "vendor_error";
  return all.some((one) => one.names.some((name) => has(one, name))) ? "not_understood" : "nothing_sent";
}
