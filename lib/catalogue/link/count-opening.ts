import { sql } from "drizzle-orm";
import { sha256 } from "@/lib/core/hash";
import { log } from "@/lib/platform/log";
import { inScope } from "@/lib/platform/web-database";

/** Counts that a link was opened, by a person or a program. A count that is lost costs nobody the page. */
export async function countOpening(linkToken: string): Promise<void> {
  try {
    await inScope({ kind: "public", linkHash: sha256(linkToken) }, (tx) =>
      tx.execute(sql`select kytkin.count_link_opening()`),
    );
  } catch (error) {
    log.warn({ err: error }, "an opening of a link was not counted");
  }
}
