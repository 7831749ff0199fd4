import type { Sql } from "postgres";
import { asAdmin } from "./database";
import { DATABASE, type Installation } from "./environment";
import { writeJson } from "./home";
import { describeLoss, kindOf, type LoadedSecrets, type SecretName } from "./secrets";

const UNDEFINED_TABLE = "42P01";
const UNDEFINED_DATABASE = "3D000";

/** Whether the row that shows a secret's use is there; a table that no migration has made yet holds none. */
async function isInUse(sql: Sql, name: SecretName): Promise<boolean> {
  const { use } = kindOf(name);
  if (use === null) return false;
  try {
    return (await use.find(sql)).length > 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === UNDEFINED_TABLE) return false;
    throw error;
  }
}

async function listInUse(installation: Installation, names: readonly SecretName[]): Promise<SecretName[]> {
  return asAdmin(
    installation,
    async (sql) => {
      const lost: SecretName[] = [];
      for (const name of names) if (await isInUse(sql, name)) lost.push(name);
      return lost;
    },
    DATABASE,
  ).catch((error: unknown) => {
    // An earlier start ended between making the server's folder and the database in it.
    if (error instanceof Error && "code" in error && error.code === UNDEFINED_DATABASE) return [];
    throw error;
  });
}

/**
 * Called when the database answers: writes down the secrets that were made anew. Throws in words, and writes nothing, when
 * one of them was in use.
 */
export async function settleSecrets(
  installation: Installation,
  { missing, secrets }: LoadedSecrets,
): Promise<void> {
  if (missing.length === 0) return;
  const lost = await listInUse(installation, missing);
  if (lost.length > 0) throw describeLoss(installation.home, lost);
  await writeJson(installation.home.files.secrets, secrets);
}
