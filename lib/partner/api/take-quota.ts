import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";
import { sha256 } from "@/lib/core/hash";
import { ApiProblem } from "@/lib/platform/api/api-problem";
import type { ApiCaller } from "./schema";

const POLICY = "default";
const CALLS = 600;
const WINDOW_SECONDS = 60;
/** Fields of draft-ietf-httpapi-ratelimit-headers-10. */
const POLICY_HEADER = `"${POLICY}";q=${CALLS};w=${WINDOW_SECONDS}`;
/** Registered by the same draft. */
const QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded";

/**
 * Counts a call of a partner's stage, whichever of its keys made it, and gives the headers that say what is left. In a
 * transaction of its own, so that a refused call counts too. Throws `quota_exceeded`.
 */
export async function takeQuota(
  tx: ScopedTransaction<"partner">,
  { partnerId, stage }: ApiCaller,
): Promise<Record<string, string>> {
  const key = sha256(`api.quota:${partnerId}:${stage}`);
  const [row] = await tx.execute<{ used: number; resets_in_seconds: number }>(
    sql`select * from kytkin.take_quota(${key}, ${WINDOW_SECONDS})`,
  );
  const used = row?.used ?? 0;
  const resetsInSeconds = Math.max(row?.resets_in_seconds ?? WINDOW_SECONDS, 1);
  const headers = {
    "RateLimit-Policy": POLICY_HEADER,
    RateLimit: `"${POLICY}";r=${Math.max(CALLS - used, 0)};t=${resetsInSeconds}`,
  };
  if (used <= CALLS) return headers;
  throw new ApiProblem(
    "quota_exceeded",
    `${CALLS} calls in ${WINDOW_SECONDS} seconds are allowed; go on in ${resetsInSeconds} seconds`,
    { ...headers, "Retry-After": String(resetsInSeconds) },
    { type: QUOTA_EXCEEDED, "violated-policies": [POLICY] },
  );
}
