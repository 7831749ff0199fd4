import type { Database } from "@/db/client";
import { withScope } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { countRateLimit, takeRateLimit } from "@/lib/platform/rate-limit";

const QUARTER = 15 * 60;
const DAY = 24 * 3600;

export const SIGN_IN_LIMITS = {
  /** What one person needs: by address and client network, so that strangers elsewhere do not use it up. */
  requestsPerPerson: { name: "sign_in.requests.person", max: 5, windowSeconds: QUARTER },
  /** An accounting office or a webinar behind one address: 300 sign-ins in a quarter of an hour pass. */
  requestsPerIp: { name: "sign_in.requests.ip", max: 400, windowSeconds: QUARTER },
  requestsPerIpAndDay: { name: "sign_in.requests.ip.day", max: 3000, windowSeconds: DAY },
  requestsPerAddress: { name: "sign_in.requests.address", max: 20, windowSeconds: QUARTER },
  requestsPerAddressAndDay: { name: "sign_in.requests.address.day", max: 60, windowSeconds: DAY },
  /** What an address still gets when strangers have used up its mails: its owner waits, and is not kept out. */
  trickleOfQuarter: { name: "sign_in.trickle.quarter", max: 1, windowSeconds: 180 },
  trickleOfDay: { name: "sign_in.trickle.day", max: 1, windowSeconds: QUARTER },
  /** A sign-in looks at its link and then uses it. Links are 256 random bits: this bounds work, not guesses. */
  linksPerIp: { name: "sign_in.links.ip", max: 2000, windowSeconds: QUARTER },
  codesPerIp: { name: "sign_in.codes.ip", max: 1000, windowSeconds: QUARTER },
  /** Whoever keeps asking for mails in somebody else's name gets 20 guesses of a million a day; the link still works. */
  codesPerAddress: { name: "sign_in.codes.address", max: 20, windowSeconds: 24 * 3600 },
} as const;

/**
 * Counts one mail that is asked for. A person's own tries come first; then the client's network, slowly; then what the address gets
 * from all of them together. Past the last, one mail goes out now and then, whoever asks: strangers can delay the owner of
 * an address, and neither keep them out nor fill their box. Throws `too_many_requests`, which says when it ends.
 */
export async function takeMailLimits(
  database: Database,
  { email, ipSubject }: { email: string; ipSubject: string },
): Promise<void> {
  const refused = await withScope(database, { kind: "auth" }, async (tx) => {
    const count = async (limit: keyof typeof SIGN_IN_LIMITS, subject: string) => {
      const seconds = await countRateLimit(tx, { ...SIGN_IN_LIMITS[limit], subject });
      return seconds === null ? null : { name: SIGN_IN_LIMITS[limit].name, seconds };
    };
    const ofAsker =
      (await count("requestsPerPerson", `${email} ${ipSubject}`)) ??
      (await count("requestsPerIp", ipSubject)) ??
      (await count("requestsPerIpAndDay", ipSubject));
    if (ofAsker) return ofAsker;
    const [ofDay, ofQuarter] = [
      await count("requestsPerAddressAndDay", email),
      await count("requestsPerAddress", email),
    ];
    if (ofDay) return count("trickleOfDay", email);
    return ofQuarter && count("trickleOfQuarter", email);
  });
  if (refused) throw new AppError("too_many_requests", refused.name, { retryAfterSeconds: refused.seconds });
}

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
