import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { z } from "zod";

const users = ["accountant", "owner", "viewer", "colleague", "partnerAdmin", "operator"] as const;

const demoSchema = z.object({
  guideUrl: z.url(),
  portalUrl: z.url(),
  mailUrl: z.url(),
  sandboxUrl: z.url(),
  procountorUrl: z.url(),
  powerofficeUrl: z.url(),
  superofficeUrl: z.url(),
  gatewayUrl: z.url().nullable(),
  activationLinks: z.object({
    automatic: z.url(),
    form: z.url(),
    page: z.url(),
    go: z.url(),
    superoffice: z.url(),
  }),
  users: z.record(z.enum(users), z.object({ email: z.email() })),
  /** The ports in use, given in the environment or chosen; `ports.json` keeps the chosen ones only. */
  ports: z.object({
    portal: z.number(),
    sandbox: z.number(),
    procountor: z.number(),
    poweroffice: z.number(),
    superoffice: z.number(),
    gateway: z.number(),
    mail: z.number(),
    smtp: z.number(),
    sftp: z.number(),
    guide: z.number(),
    postgres: z.number(),
  }),
  partnerApiKeys: z.object({ demo: z.string().min(20) }),
});
export type Demo = z.infer<typeof demoSchema>;

/** A file in the folder of the running product, which `KYTKIN_HOME` names as it does for `npm start`. */
export function homeFile(name: string): string {
  const home = process.env.KYTKIN_HOME || ".kytkin";
  const root = join(import.meta.dirname, "..", "..");
  return join(isAbsolute(home) ? home : join(root, home), name);
}

let known: Demo | undefined;

/** Where the running product is and how to get in; null when none runs. */
export function findDemo(): Demo | null {
  const file = homeFile("demo.json");
  if (!known && existsSync(file)) known = demoSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return known ?? null;
}

/** As `findDemo`, but throws when none runs. */
export function demo(): Demo {
  const found = findDemo();
  if (found) return found;
  throw new Error(
    `${homeFile("demo.json")} is not there: start the product with \`npm start\`, or run \`npm test\`.`,
  );
}
