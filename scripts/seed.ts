import { z } from "zod";
import { seed } from "@/db/seed";
import { createWorkerContext } from "@/lib/platform/create-worker-context";
import { getWorkerEnv } from "@/lib/platform/env";
import { assertKeysOpen } from "@/lib/platform/seal/check-keys";

const env = z
  .object({
    KYTKIN_SANDBOX_PROCOUNTOR_URL: z.url(),
    KYTKIN_SANDBOX_POWEROFFICE_URL: z.url(),
    KYTKIN_SANDBOX_SUPEROFFICE_URL: z.url(),
    KYTKIN_SANDBOX_PARTNER_URL: z.url(),
    KYTKIN_SANDBOX_CLIENT_SECRET: z.string().min(16),
    KYTKIN_SANDBOX_M2M_API_KEY: z.string().min(16),
    KYTKIN_SANDBOX_APPLICATION_KEY: z.uuid(),
    KYTKIN_SANDBOX_SUBSCRIPTION_KEY: z.string().min(16),
    KYTKIN_SANDBOX_APPLICATION_TOKEN: z.string().min(16),
    KYTKIN_SANDBOX_PRIVATE_KEY: z.string().min(16),
    KYTKIN_SEED_PARTNER_API_KEY: z.string().min(16),
  })
  .parse(process.env);

if (!getWorkerEnv().KYTKIN_DEMO)
  throw new Error("The seed is for the demo only: set KYTKIN_DEMO=1 on a machine of your own.");
const context = createWorkerContext(2);
try {
  await assertKeysOpen(context, []);
} catch (error) {
  // The launcher shows what is written here to the person at the terminal.
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n` +
      "`npm start` keeps KYTKIN_KEYS and KYTKIN_HASH_KEY as `keys` and `hashKey` in secrets.json of its folder.\n",
  );
  process.exit(1);
}
const seeded = await seed(context, {
  portalUrl: context.publicUrl,
  procountorUrl: env.KYTKIN_SANDBOX_PROCOUNTOR_URL,
  powerofficeUrl: env.KYTKIN_SANDBOX_POWEROFFICE_URL,
  applicationKey: env.KYTKIN_SANDBOX_APPLICATION_KEY,
  subscriptionKey: env.KYTKIN_SANDBOX_SUBSCRIPTION_KEY,
  superofficeUrl: env.KYTKIN_SANDBOX_SUPEROFFICE_URL,
  applicationToken: env.KYTKIN_SANDBOX_APPLICATION_TOKEN,
  privateKey: env.KYTKIN_SANDBOX_PRIVATE_KEY,
  partnerUrl: env.KYTKIN_SANDBOX_PARTNER_URL,
  clientSecret: env.KYTKIN_SANDBOX_CLIENT_SECRET,
  m2mApiKey: env.KYTKIN_SANDBOX_M2M_API_KEY,
  partnerApiKey: env.KYTKIN_SEED_PARTNER_API_KEY,
});
await context.database.close();
// The launcher reads this line.
process.stdout.write(`${JSON.stringify(seeded)}\n`);
