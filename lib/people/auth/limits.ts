import type { Database } from "@/db/client";
import { withScope } from "@/db/scope";
import { takeRateLimit } from "@/lib/platform/rate-limit";

const QUARTER = 15 * 60;

export const SIGN_IN_LIMITS = {
  requestsPerIp: { name: "sign_in.requests.ip", max: 20, windowSeconds: QUARTER },
  requestsPerAddress: { name: "sign_in.requests.address", max: 5, windowSeconds: QUARTER },
  linksPerIp: { name: "sign_in.links.ip", max: 60, windowSeconds: QUARTER },
  codesPerIp: { name: "sign_in.codes.ip", max: 60, windowSeconds: QUARTER },
  /** Whoever keeps asking for mails in somebody else's name gets 20 guesses of a million a day; the link still works. */
  codesPerAddress: { name: "sign_in.codes.address", max: 20, windowSeconds: 24 * 3600 },
} as const;

/** Counts one try in a transaction of its own. Throws `too_many_requests`. */
export async function takeSignInLimit(
  database: Database,
  limit: keyof typeof SIGN_IN_LIMITS,
  subject: string,
): Promise<void> {
  await withScope(database, { kind: "auth" }, (tx) =>
    takeRateLimit(tx, { ...SIGN_IN_LIMITS[limit], subject }),
  );
}
