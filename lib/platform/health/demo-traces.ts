import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";

export type DemoTrace = "partner" | "sandbox";

/** What in the database is only for trying out. */
export async function listDemoTraces(
  tx: ScopedTransaction<"auth" | "gateway" | "system">,
): Promise<DemoTrace[]> {
  const rows = await tx.execute<{ trace: DemoTrace }>(sql`select trace from kytkin.demo_traces()`);
  return rows.map(({ trace }) => trace);
}
