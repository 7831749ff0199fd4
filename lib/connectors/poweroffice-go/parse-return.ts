import type { ReturnedConsent } from "@/lib/connectors/consent";

/** `status` of the return, as a published client of the vendor reads it. */
const OUTCOMES: Record<string, string> = {
  success: "given",
  canceled: "canceled",
  cancelled: "canceled",
  clientnotfound: "client_not_found",
  noclientaccess: "no_client_access",
  integrationblocked: "integration_blocked",
};

/** The vendor's portal speaks of a header, which a published client names so; only a request of the vendor's own pages has it. */
export const TOKEN_HEADERS = ["x-onboarding-token"];

/** The vendor has not pinned the parameter's name down. */
const TOKEN_NAMES = ["token", "onboardingToken", "OnboardingToken", "onboarding_token", ...TOKEN_HEADERS];

const STATE = /^[\w-]{20,100}$/;
const TOKEN = /^[\w.~+/=-]{8,2000}$/;

/** Without our state the return is nobody's. A token without a status counts as given. */
export function parseReturn(query: URLSearchParams): ReturnedConsent | null {
  const state = query.get("state") ?? "";
  if (!STATE.test(state)) return null;
  const token = TOKEN_NAMES.map((name) => query.get(name)).find(
    (value) => value !== null && TOKEN.test(value),
  );
  const status = query.get("status");
  const outcome = status === null && token ? "given" : toOutcome(status);
  if (outcome !== "given") return { kind: "state", state, outcome, token: null };
  return token
    ? { kind: "state", state, outcome, token }
    : { kind: "state", state, outcome: "token_missing", token: null };
}

function toOutcome(status: string | null): string {
  const name = (status ?? "").toLowerCase();
  return (Object.hasOwn(OUTCOMES, name) ? OUTCOMES[name] : undefined) ?? "unknown_outcome";
}
