import { and, eq, sql } from "drizzle-orm";
import { candidates, connections, sealedSecrets } from "@/db/schema";

/** Joins a connection with the key that it works with. */
export const isKeyOfConnection = and(
  eq(sealedSecrets.ownerKind, "connection"),
  eq(sealedSecrets.ownerId, connections.id),
  eq(sealedSecrets.name, "api_key"),
);

/** Joins a candidate with the key that the consent issued for it, under the name that `keyNameOf` gives. */
export const isKeyOfCandidate = and(
  eq(sealedSecrets.ownerKind, "grant"),
  eq(sealedSecrets.ownerId, candidates.grantId),
  eq(sealedSecrets.name, sql`'key/' || ${candidates.id}`),
);
