import { fileURLToPath } from "node:url";
import { z } from "zod";
import { createWakeFunction, migrate } from "@/db/migrate";
import { createRolesAsAdmin } from "@/db/roles";
import { roleOf, SCOPES } from "@/db/scopes";
import { createAdminFunctions } from "@/inngest/admin";
import { migrateEngine } from "@/inngest/engine";

/** Everything but the owner's URL is only needed the first time, to make the roles. */
const env = z
  .object({
    KYTKIN_OWNER_DATABASE_URL: z.url(),
    KYTKIN_WORKER_DATABASE_URL: z.url(),
    KYTKIN_ADMIN_DATABASE_URL: z.url().optional(),
    KYTKIN_OWNER_PASSWORD: z.string().optional(),
    KYTKIN_WEB_PASSWORD: z.string().optional(),
    KYTKIN_WORKER_PASSWORD: z.string().optional(),
    KYTKIN_GATEWAY_PASSWORD: z.string().optional(),
    KYTKIN_INTAKE_PASSWORD: z.string().optional(),
  })
  .parse(process.env);

const { KYTKIN_OWNER_PASSWORD: owner, KYTKIN_WEB_PASSWORD: web, KYTKIN_WORKER_PASSWORD: worker } = env;
if (env.KYTKIN_ADMIN_DATABASE_URL && owner && web && worker)
  await createRolesAsAdmin(env.KYTKIN_ADMIN_DATABASE_URL, {
    owner,
    web,
    worker,
    gateway: env.KYTKIN_GATEWAY_PASSWORD || undefined,
    intake: env.KYTKIN_INTAKE_PASSWORD || undefined,
  });
await migrate(env.KYTKIN_OWNER_DATABASE_URL, fileURLToPath(new URL("../db/migrations", import.meta.url)));
await migrateEngine(env.KYTKIN_WORKER_DATABASE_URL);
await createAdminFunctions(env.KYTKIN_WORKER_DATABASE_URL, roleOf("operator"));
await createWakeFunction(env.KYTKIN_WORKER_DATABASE_URL, SCOPES.map(roleOf));
