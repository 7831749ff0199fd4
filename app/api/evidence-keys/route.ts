import { databaseAway } from "@/app/api/database-away";
import { isDatabaseAway } from "@/db/errors";
import { listPublishedKeys } from "@/lib/connection/evidence/queries";
import { inScope } from "@/lib/platform/web-database";

/** The public keys of signed documents, for everybody and from anywhere. */
export async function GET(): Promise<Response> {
  try {
    const keys = await inScope({ kind: "public" }, listPublishedKeys);
    return Response.json(
      { format: "kytkin-keys/1", keys },
      { headers: { "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*" } },
    );
  } catch (error) {
    if (isDatabaseAway(error)) return databaseAway({ error: { code: "database_away" } });
    throw error;
  }
}
