import { z } from "zod";
import { connect } from "../db/client";
import { makeSample } from "./sample/make-sample";

/** The sample's past, on a product that runs. The launcher reads the line that it prints at its end. */
const env = z
  .object({
    KYTKIN_DEMO: z.literal("1"),
    KYTKIN_ADMIN_DATABASE_URL: z.string(),
    KYTKIN_PUBLIC_URL: z.url(),
    KYTKIN_SANDBOX_PROCOUNTOR_URL: z.url(),
    KYTKIN_SAMPLE_GATEWAY_URL: z.url().optional(),
    KYTKIN_SEED_PARTNER_API_KEY: z.string().min(16),
  })
  .parse(process.env);

const database = connect(env.KYTKIN_ADMIN_DATABASE_URL, { max: 6 });
try {
  const made = await makeSample({
    database,
    portalUrl: env.KYTKIN_PUBLIC_URL,
    gatewayUrl: env.KYTKIN_SAMPLE_GATEWAY_URL ?? null,
    procountorUrl: env.KYTKIN_SANDBOX_PROCOUNTOR_URL,
    apiKey: env.KYTKIN_SEED_PARTNER_API_KEY,
  });
  process.stdout.write(`${JSON.stringify(made)}\n`);
} finally {
  await database.close();
}
