import type { Database } from "@/db/client";
import type { Log } from "@/lib/platform/log";
import type { KeyRings } from "@/lib/platform/seal/data-key";

/** What the gateway has: its own login and its own ring of keys. No vendor secret opens with either. */
export type GatewayContext = {
  database: Database;
  keys: { rings: Pick<KeyRings, "gateway"> };
  log: Log;
};
