import { z } from "zod";
import { createRolesAsAdmin } from "@/db/roles";

const env = z
  .object({
    KYTKIN_ADMIN_DATABASE_URL: z.url(),
    KYTKIN_OWNER_PASSWORD: z.string().min(1),
    KYTKIN_WEB_PASSWORD: z.string().min(1),
    KYTKIN_WORKER_PASSWORD: z.string().min(1),
    /** Left out where no gateway runs. */
    KYTKIN_GATEWAY_PASSWORD: z.string().min(1).optional(),
    /** Left out where no intake runs. */
    KYTKIN_INTAKE_PASSWORD: z.string().min(1).optional(),
  })
  .safeParse(process.env);

if (env.success) {
  await createRolesAsAdmin(env.data.KYTKIN_ADMIN_DATABASE_URL, {
    owner: env.data.KYTKIN_OWNER_PASSWORD,
    web: env.data.KYTKIN_WEB_PASSWORD,
    worker: env.data.KYTKIN_WORKER_PASSWORD,
    gateway: env.data.KYTKIN_GATEWAY_PASSWORD,
    intake: env.data.KYTKIN_INTAKE_PASSWORD,
  });
  const names = ["kytkin_owner", "kytkin_web", "kytkin_worker"];
  if (env.data.KYTKIN_GATEWAY_PASSWORD) names.push("kytkin_gateway");
  if (env.data.KYTKIN_INTAKE_PASSWORD) names.push("kytkin_intake");
  process.stdout.write(`The logins ${names.join(", ")} are there, with these passwords.\n`);
} else {
  process.stderr.write(`${z.prettifyError(env.error)}\nSee docs/operations/deploy.md.\n`);
  process.exitCode = 1;
}
