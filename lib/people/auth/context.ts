import type { Database } from "@/db/client";
import { getWebEnv } from "@/lib/platform/env";
import { webDatabase } from "@/lib/platform/web-database";

/** What every verb of signing in needs; nothing of it is read from the request. */
export type AuthContext = {
  database: Database;
  /** next-auth's secret; it keys the hashes of links and codes. */
  secret: string;
  publicUrl: string;
};

export function webAuth(): AuthContext {
  const env = getWebEnv();
  return { database: webDatabase(), secret: env.NEXTAUTH_SECRET, publicUrl: env.KYTKIN_PUBLIC_URL };
}
