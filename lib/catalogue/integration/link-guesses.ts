import { sql } from "drizzle-orm";
import { activationLinks } from "@/db/schema";
import { sha256 } from "@/lib/core/hash";
import { clientIpOf, limitSubjectOf } from "@/lib/platform/client-ip";
import { getWebEnv } from "@/lib/platform/env";
import { inScope } from "@/lib/platform/web-database";

/** Unknown links that one address may open in the window. Nobody mistypes a link twenty times. */
const MAX_GUESSES = 20;
const WINDOW_SECONDS = 15 * 60;

const keyOf = (headers: Headers): string =>
  sha256(`link.guess:${limitSubjectOf(clientIpOf(headers, getWebEnv().KYTKIN_TRUSTED_PROXIES))}`);

/**
 * Whether this address has used up its tries of unknown links and tries one more. Links that exist stay open for
 * everybody: many visitors may share an address.
 */
export async function isGuessingLinks(headers: Headers, linkToken: string): Promise<boolean> {
  return inScope({ kind: "public", linkHash: sha256(linkToken) }, async (tx) => {
    const [row] = await tx.execute<{ used: number }>(
      sql`select kytkin.rate_limit_used(${keyOf(headers)}) as used`,
    );
    if ((row?.used ?? 0) < MAX_GUESSES) return false;
    const known = await tx.select({ id: activationLinks.id }).from(activationLinks).limit(1);
    return known.length === 0;
  });
}

/** Counts an unknown link that was opened. */
export async function countLinkGuess(headers: Headers): Promise<void> {
  await inScope({ kind: "public" }, (tx) =>
    tx.execute(sql`select kytkin.take_rate_limit(${keyOf(headers)}, ${MAX_GUESSES}, ${WINDOW_SECONDS})`),
  );
}
