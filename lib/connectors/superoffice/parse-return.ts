import type { ReturnedConsent } from "@/lib/connectors/consent";

const STATE = /^[\w-]{20,100}$/;
const CODE = /^[\x21-\x7e]{4,2000}$/;

/** RFC 6749, 4.1.2: a code, or an error, with our state. Without our state the return is nobody's. */
export function parseReturn(query: URLSearchParams): ReturnedConsent | null {
  const state = query.get("state") ?? "";
  if (!STATE.test(state)) return null;
  const error = query.get("error");
  if (error !== null) {
    const outcome = error === "access_denied" ? "canceled" : "unknown_outcome";
    return { kind: "state", state, outcome, token: null };
  }
  const code = query.get("code") ?? "";
  return CODE.test(code)
    ? { kind: "state", state, outcome: "given", token: code }
    : { kind: "state", state, outcome: "token_missing", token: null };
}
