import { z } from "zod";

const base64Key = z
  .string()
  .refine((value) => Buffer.from(value, "base64").length === 32, "must be 32 bytes in base64");

/** `id:base64` pairs; the first seals, all of them open. */
const keyList = z.string().transform((value, context) => {
  const keys = value.split(",").map((pair) => {
    const colon = pair.indexOf(":");
    return { id: pair.slice(0, colon).trim(), key: pair.slice(colon + 1).trim() };
  });
  for (const { id, key } of keys) {
    if (!/^[a-z0-9-]{1,20}$/.test(id) || !base64Key.safeParse(key).success) {
      context.addIssue({ code: "custom", message: 'must be a list of "id:base64 of 32 bytes"' });
      return z.NEVER;
    }
  }
  return keys.map(({ id, key }) => ({ id, key: Buffer.from(key, "base64") }));
});
const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((value) => value === "1");
const logLevel = z.enum(["silent", "error", "warn", "info", "debug"]).default("info");

const common = z.object({
  KYTKIN_PUBLIC_URL: z.url().transform((value) => value.replace(/\/+$/, "")),
  KYTKIN_DATABASE_URL: z.url(),
  SMTP_URL: z.url(),
  MAIL_FROM: z.string().min(3),
  /** Where mail servers send back what they cannot deliver, when it is another address than the sender's. */
  MAIL_RETURN_PATH: z.email().optional(),
  /** Allows what a real installation must refuse: stand-ins, seeded partners, plain http. */
  KYTKIN_DEMO: flag,
  /** Lets addresses that partners enter lead to this machine, for a developer's own receiver. */
  KYTKIN_OUTGOING_LOOPBACK: flag,
  LOG_LEVEL: logLevel,
});

const webEnv = common.extend({
  /** Who runs the background functions: the operator's page of jobs looks there. */
  KYTKIN_ENGINE: z.enum(["embedded", "inngest"]).default("embedded"),
  /** Where that page leads when an Inngest server runs them. */
  KYTKIN_INNGEST_DASHBOARD_URL: z.url().optional(),
  /** Who may read the metrics; without it nobody. */
  KYTKIN_METRICS_TOKEN: z.string().min(24).optional(),
  /** Who may say that a mail came back; without it nobody. */
  KYTKIN_MAIL_BOUNCE_TOKEN: z.string().min(24).optional(),
  NEXTAUTH_SECRET: z.string().min(32),
  /** Where this process reaches the gateway, which opens rows for their customers; without it their content is not shown. */
  KYTKIN_GATEWAY_INTERNAL_URL: z
    .url({ protocol: /^https?$/ })
    .transform((value) => value.replace(/\/+$/, ""))
    .optional(),
  /** `host:port` under which customers reach the sFTP server; without it no page offers one. */
  KYTKIN_SFTP_ADDRESS: z
    .string()
    .regex(/^[^\s:]+:\d{1,5}$/)
    .optional(),
  /** How many operators approve a version before its partner may publish it. */
  KYTKIN_REVIEW_APPROVALS: z.coerce.number().int().min(1).max(2).default(1),
  /** How many proxies in front of us write X-Forwarded-For; 0 means the header is ignored. */
  KYTKIN_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
});

const workerEnv = common
  .extend({
    KYTKIN_KEYS: keyList,
    /** Wraps the data keys of what connections carry; the gateway holds it too. */
    KYTKIN_GATEWAY_KEYS: keyList,
    /** Wraps the data keys of what the intake gives out; the intake holds it too. */
    KYTKIN_INTAKE_KEYS: keyList,
    /** Names of key-encryption keys that are known to be lost for good; without this the worker refuses to start. */
    KYTKIN_LOST_KEYS: z
      .string()
      .default("")
      .transform((value) => value.split(",").map((id) => id.trim()))
      .transform((ids) => ids.filter(Boolean)),
    KYTKIN_HASH_KEY: base64Key.transform((value) => Buffer.from(value, "base64")),
    INNGEST_SIGNING_KEY: z.string().regex(/^signkey-[a-z]+-[0-9a-f]{32,}$/),
    INNGEST_EVENT_KEY: z.string().min(16),
    /** After this many milliseconds a call whose answer was lost is judged by what the vendor lists. */
    KYTKIN_VENDOR_ANSWER_WITHIN_MS: z.coerce.number().int().min(0).default(180_000),
    /** How many days backups of the database and its archived WAL are kept: certificates of removal name the day. */
    KYTKIN_BACKUPS_KEPT_DAYS: z.coerce.number().int().min(0).max(3650).optional(),
    /** Milliseconds between tries of a vendor call that may be repeated; Procountor asks for 1, 2, 4, 8, 16 s. */
    KYTKIN_VENDOR_RETRY_DELAYS_MS: z
      .string()
      .default("1000,2000,4000,8000,16000")
      .transform((value) => value.split(",").filter(Boolean).map(Number))
      .pipe(z.array(z.number().int().min(0).max(600_000)).max(10)),
    /** Milliseconds after the loss of an answer at which a written row is looked for; a vendor may commit late. */
    KYTKIN_DELIVERY_LOOK_UPS_MS: z
      .string()
      .default("5000,30000,120000")
      .transform((value) => value.split(",").filter(Boolean).map(Number))
      .pipe(z.array(z.number().int().min(100).max(3_600_000)).min(1).max(10)),
    /** Milliseconds until another worker takes over the queue of a connection whose worker is gone. */
    KYTKIN_DELIVERY_LEASE_MS: z.coerce.number().int().min(1_000).max(600_000).default(30_000),
    /** Base addresses of stand-ins, `connector=address` pairs: what partners enter is tried and used there. */
    KYTKIN_STAND_INS: z
      .string()
      .default("")
      .transform((value) => value.split(",").filter(Boolean))
      .transform((pairs) => pairs.map((pair) => /^([^=]+)=(.+)$/.exec(pair.trim())?.slice(1) ?? []))
      .pipe(z.array(z.tuple([z.string(), z.url({ protocol: /^https?$/ })])))
      .transform((pairs): Record<string, string> => Object.fromEntries(pairs)),
    /** Who runs the background functions: this process on PostgreSQL alone, or an Inngest server that calls this process. */
    KYTKIN_ENGINE: z.enum(["embedded", "inngest"]).default("embedded"),
    /** A self-hosted Inngest server; without it Inngest Cloud is meant. */
    INNGEST_BASE_URL: z.url().optional(),
    /** Where the Inngest server reaches this process. */
    INNGEST_SERVE_ORIGIN: z.url().optional(),
    KYTKIN_WORKER_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
    KYTKIN_WORKER_BIND_HOST: z.string().optional(),
  })
  .refine((env) => env.KYTKIN_ENGINE === "embedded" || env.INNGEST_SERVE_ORIGIN !== undefined, {
    path: ["INNGEST_SERVE_ORIGIN"],
    message: "is needed with KYTKIN_ENGINE=inngest: where the Inngest server reaches the worker",
  });

const gatewayEnv = common
  .pick({ KYTKIN_PUBLIC_URL: true, KYTKIN_DATABASE_URL: true, KYTKIN_DEMO: true, LOG_LEVEL: true })
  .extend({
    /** The only keys that it has; the worker has them too. */
    KYTKIN_GATEWAY_KEYS: keyList,
    KYTKIN_GATEWAY_PORT: z.coerce.number().int().min(0).max(65_535).default(3002),
    KYTKIN_GATEWAY_BIND_HOST: z.string().optional(),
    /** Who may read its metrics; without it nobody. */
    KYTKIN_METRICS_TOKEN: z.string().min(24).optional(),
  });

const intakeEnv = z.object({
  KYTKIN_DATABASE_URL: z.url(),
  KYTKIN_INTAKE_KEYS: keyList,
  KYTKIN_DEMO: flag,
  KYTKIN_SFTP_PORT: z.coerce.number().int().min(0).max(65_535).default(2222),
  KYTKIN_SFTP_BIND_HOST: z.string().optional(),
  LOG_LEVEL: logLevel,
});

export type IntakeEnv = z.infer<typeof intakeEnv>;
export type WebEnv = z.infer<typeof webEnv>;
export type WorkerEnv = z.infer<typeof workerEnv>;
export type GatewayEnv = z.infer<typeof gatewayEnv>;

function readEnv<S extends z.ZodType>(schema: S): z.infer<S> {
  const result = schema.safeParse(process.env);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(
    `The environment is not complete:\n${lines.join("\n")}\nSee docs/operations/configuration.md.`,
  );
}

let web: WebEnv | undefined;
let worker: WorkerEnv | undefined;

/** The web process's settings, read at run time and validated once. */
export function getWebEnv(): WebEnv {
  web ??= readEnv(webEnv);
  return web;
}

/** The worker's settings; the only process that holds keys to secrets. */
export function getWorkerEnv(): WorkerEnv {
  worker ??= readEnv(workerEnv);
  return worker;
}

let gateway: GatewayEnv | undefined;

/** The gateway's settings. */
export function getGatewayEnv(): GatewayEnv {
  gateway ??= readEnv(gatewayEnv);
  return gateway;
}
/** The settings of the process that takes files in: its own login and its own ring. */
export const readIntakeEnv = (): IntakeEnv => readEnv(intakeEnv);

/** For what runs in every process, before it is known which. */
export function getLogLevel(): z.infer<typeof logLevel> {
  return logLevel.catch("info").parse(process.env.LOG_LEVEL);
}
