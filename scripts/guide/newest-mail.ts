import { z } from "zod";

const LOOKED_AT = 500;

const summarySchema = z.object({
  items: z.array(z.looseObject({ id: z.string(), to: z.array(z.object({ address: z.string() })) })),
});

/** The page of the mail catcher with the newest message to an address; null when there is none. */
export async function findNewestMail(mailUrl: string, address: string): Promise<string | null> {
  const query = new URLSearchParams({ search: address, limit: String(LOOKED_AT) });
  const answer = await fetch(`${mailUrl}/api/email/summary?${query}`, { signal: AbortSignal.timeout(5_000) });
  if (!answer.ok) throw new Error(`the mail catcher answered ${answer.status}`);
  const { items } = summarySchema.parse(await answer.json());
  const newest = items.find(({ to }) => to.some((one) => one.address.toLowerCase() === address));
  return newest ? `${mailUrl}/#/email/${newest.id}` : null;
}
