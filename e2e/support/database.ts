import { readFileSync } from "node:fs";
import { z } from "zod";
import { connect, type Database } from "@/db/client";
import { adminUrl } from "@/scripts/postgres/server";
import { DATABASE } from "@/scripts/start/environment";
import { demo, homeFile } from "./demo";

const secretsSchema = z.object({ postgresAdminPassword: z.string() });

const readHome = (name: string): unknown => JSON.parse(readFileSync(homeFile(name), "utf8"));

/** The product's database as its superuser: for what no page can bring about, and for looking behind the pages. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const { postgres } = demo().ports;
  const { postgresAdminPassword } = secretsSchema.parse(readHome("secrets.json"));
  const database = connect(`${adminUrl(postgres, postgresAdminPassword)}/${DATABASE}`, { max: 1 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
