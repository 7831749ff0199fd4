import { partners } from "@/db/schema";
import { DEMO_PARTNER_SLUG } from "./core/demo";
import type { WorkerEnv } from "./env";
import { asSystem, type WorkerContext } from "./worker-context";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

type PublicSettings = Pick<WorkerEnv, "KYTKIN_DEMO" | "KYTKIN_PUBLIC_URL">;

/** Refuses a public address that is not https, and the demo anywhere but on this machine. Throws with what to do. */
export function assertPublicUrl(env: PublicSettings): void {
  const url = new URL(env.KYTKIN_PUBLIC_URL);
  const isLoopback = LOOPBACK.includes(url.hostname);
  if (env.KYTKIN_DEMO && !isLoopback) {
    throw new Error(
      `KYTKIN_DEMO=1 is for this machine only, and the public URL is ${url.origin}. Unset KYTKIN_DEMO.`,
    );
  }
  if (url.protocol !== "https:" && !isLoopback) {
    throw new Error(`KYTKIN_PUBLIC_URL has to be https; it is ${url.origin}.`);
  }
}

/** Refuses to work for real with what is only for trying out. Throws with what to do. */
export async function assertProductionReady(context: WorkerContext, env: PublicSettings): Promise<void> {
  assertPublicUrl(env);
  if (env.KYTKIN_DEMO) return;
  const slugs = await asSystem(context, "start-up check", (tx) =>
    tx.select({ slug: partners.slug }).from(partners),
  );
  if (slugs.some((partner) => partner.slug === DEMO_PARTNER_SLUG)) {
    throw new Error("The database holds the demo's partner. Start with an empty database.");
  }
}
