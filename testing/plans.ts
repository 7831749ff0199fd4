import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import type { TestDatabase } from "./database";

type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: PlanNode[];
};
type Plan = { "Query Text": string; Plan: PlanNode };

/** How many rows one statement read of a table, and by which scans. */
export type Reading = { statement: string; table: string; rows: number; scans: string[] };

const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];

function readingsOf({ "Query Text": statement, Plan: root }: Plan): Reading[] {
  const readings = new Map<string, Reading>();
  for (const node of flatten(root)) {
    const table = node["Relation Name"];
    if (!table) continue;
    const removed = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
    const reading = readings.get(table) ?? { statement, table, rows: 0, scans: [] };
    reading.rows += Math.round(((node["Actual Rows"] ?? 0) + removed) * (node["Actual Loops"] ?? 0));
    reading.scans.push(node["Node Type"]);
    readings.set(table, reading);
  }
  return [...readings.values()];
}

/**
 * What the statements of `work` read, those inside functions too, as PostgreSQL planned and ran them under the scope's own
 * role: auto_explain tells the plan of each to the client that made it.
 */
export async function readPlans(
  database: TestDatabase,
  login: "web" | "worker" | "gateway",
  work: (database: Database) => Promise<unknown>,
): Promise<Reading[]> {
  const [row] = await database.admin.sql<{ name: string }[]>`select current_database() as name`;
  const settings: Record<string, string> = {
    session_preload_libraries: "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_format": "json",
    "auto_explain.log_nested_statements": "on",
    "auto_explain.log_level": "notice",
  };
  for (const [name, value] of Object.entries(settings))
    await database.admin.sql.unsafe(`alter database ${row?.name} set ${name} = '${value}'`);
  const plans: Plan[] = [];
  const client = postgres(database.urls[login], {
    max: 4,
    onnotice: ({ message }) => {
      const json = message?.slice(message.indexOf("{"));
      if (message?.includes("plan:") && json) plans.push(JSON.parse(json));
    },
  });
  try {
    await work({ sql: client, orm: drizzle(client, { schema }), close: async () => {} });
  } finally {
    await client.end();
    for (const name of Object.keys(settings))
      await database.admin.sql.unsafe(`alter database ${row?.name} reset ${name}`);
  }
  return plans.flatMap(readingsOf);
}
