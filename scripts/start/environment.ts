import { MAIL_CATCHER_MARK } from "../../lib/core/demo";
import { SERVER_HOST } from "../postgres/server";
import type { Home } from "./home";
import type { Ports } from "./ports";
import type { Secrets } from "./secrets";

export const DATABASE = "kytkin";
/** The names of the logins that the migration makes. */
export const LOGINS = {
  owner: "kytkin_owner",
  web: "kytkin_web",
  worker: "kytkin_worker",
  gateway: "kytkin_gateway",
  intake: "kytkin_intake",
} as const;
/** The sandbox and the catcher are on another site than the portal, as they are in real life. */
const SANDBOX_HOST = "127.0.0.1";

export type Installation = {
  home: Home;
  ports: Ports;
  secrets: Secrets;
  /** How many proxies in front of the portal write X-Forwarded-For. */
  trustedProxies: string;
  /** Whether customers can send files by sFTP. */
  runsIntake: boolean;
  /** Whether partners' software can call vendors and deliver records. */
  runsGateway: boolean;
};
export type Environment = Record<string, string>;
export type Environments = Record<
  "migrate" | "seed" | "sample" | "web" | "worker" | "gateway" | "intake" | "sandbox" | "mail",
  Environment
>;

/** What any program needs to run at all; everything else of our own environment stays here. */
const PASSED_ON = [
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "TZ",
  "TMPDIR",
  "SystemRoot",
  "NODE_EXTRA_CA_CERTS",
  "LOG_LEVEL",
  "KYTKIN_VENDOR_ANSWER_WITHIN_MS",
];

/** The environment of a program that needs nothing of ours. */
export function makeBaseEnvironment(): Environment {
  const entries = PASSED_ON.map((name) => [name, process.env[name]] as const);
  const passedOn = entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(passedOn), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
}

export function describeUrls(ports: Ports) {
  return {
    portal: `http://localhost:${ports.portal}`,
    gateway: `http://localhost:${ports.gateway}`,
    sandbox: `http://${SANDBOX_HOST}:${ports.sandbox}`,
    procountor: `http://${SANDBOX_HOST}:${ports.procountor}`,
    poweroffice: `http://${SANDBOX_HOST}:${ports.poweroffice}`,
    superoffice: `http://${SANDBOX_HOST}:${ports.superoffice}`,
    mail: `http://${SANDBOX_HOST}:${ports.mail}`,
    guide: `http://${SANDBOX_HOST}:${ports.guide}`,
  };
}

function databaseUrl({ ports }: Installation, login: string, password: string): string {
  return `postgres://${login}:${encodeURIComponent(password)}@${SERVER_HOST}:${ports.postgres}/${DATABASE}`;
}

/** The environment of each process: what it needs, and no secret that it does not. */
export function describeEnvironments(installation: Installation): Environments {
  const { home, ports, secrets, trustedProxies, runsIntake, runsGateway } = installation;
  const urls = describeUrls(ports);
  const base = makeBaseEnvironment();
  const product = {
    ...base,
    KYTKIN_DEMO: "1",
    KYTKIN_OUTGOING_LOOPBACK: "1",
    KYTKIN_PUBLIC_URL: urls.portal,
    SMTP_URL: `smtp://${SANDBOX_HOST}:${ports.smtp}?${MAIL_CATCHER_MARK}=1`,
    MAIL_FROM: "Kytkin <no-reply@kytkin.example>",
  };
  const sealing = {
    KYTKIN_KEYS: secrets.keys,
    KYTKIN_GATEWAY_KEYS: secrets.gatewayKeys,
    KYTKIN_INTAKE_KEYS: secrets.intakeKeys,
    KYTKIN_HASH_KEY: secrets.hashKey,
  };
  const inngest = {
    INNGEST_SIGNING_KEY: secrets.inngestSigningKey,
    INNGEST_EVENT_KEY: secrets.inngestEventKey,
  };
  const workerUrl = databaseUrl(installation, LOGINS.worker, secrets.workerPassword);
  return {
    migrate: {
      ...base,
      KYTKIN_ADMIN_DATABASE_URL: databaseUrl(installation, "postgres", secrets.postgresAdminPassword),
      KYTKIN_OWNER_DATABASE_URL: databaseUrl(installation, LOGINS.owner, secrets.ownerPassword),
      KYTKIN_WORKER_DATABASE_URL: workerUrl,
      KYTKIN_OWNER_PASSWORD: secrets.ownerPassword,
      KYTKIN_WEB_PASSWORD: secrets.webPassword,
      KYTKIN_WORKER_PASSWORD: secrets.workerPassword,
      KYTKIN_GATEWAY_PASSWORD: secrets.gatewayPassword,
      KYTKIN_INTAKE_PASSWORD: secrets.intakePassword,
    },
    seed: {
      ...product,
      ...sealing,
      ...inngest,
      KYTKIN_DATABASE_URL: workerUrl,
      KYTKIN_SANDBOX_CLIENT_SECRET: secrets.sandboxClientSecret,
      KYTKIN_SANDBOX_M2M_API_KEY: secrets.sandboxM2mApiKey,
      KYTKIN_SANDBOX_PROCOUNTOR_URL: urls.procountor,
      KYTKIN_SANDBOX_POWEROFFICE_URL: urls.poweroffice,
      KYTKIN_SANDBOX_APPLICATION_KEY: secrets.sandboxApplicationKey,
      KYTKIN_SANDBOX_SUBSCRIPTION_KEY: secrets.sandboxSubscriptionKey,
      KYTKIN_SANDBOX_SUPEROFFICE_URL: urls.superoffice,
      KYTKIN_SANDBOX_APPLICATION_TOKEN: secrets.sandboxApplicationToken,
      KYTKIN_SANDBOX_PRIVATE_KEY: secrets.sandboxPrivateKey,
      KYTKIN_SANDBOX_PARTNER_URL: urls.sandbox,
      KYTKIN_SEED_PARTNER_API_KEY: secrets.partnerApiKey,
    },
    sample: {
      ...base,
      KYTKIN_DEMO: "1",
      KYTKIN_ADMIN_DATABASE_URL: databaseUrl(installation, "postgres", secrets.postgresAdminPassword),
      KYTKIN_PUBLIC_URL: urls.portal,
      KYTKIN_SANDBOX_PROCOUNTOR_URL: urls.procountor,
      KYTKIN_SEED_PARTNER_API_KEY: secrets.partnerApiKey,
      ...(runsGateway && { KYTKIN_SAMPLE_GATEWAY_URL: urls.gateway }),
    },
    web: {
      ...product,
      KYTKIN_DATABASE_URL: databaseUrl(installation, LOGINS.web, secrets.webPassword),
      NEXTAUTH_SECRET: secrets.nextauthSecret,
      NEXTAUTH_URL: urls.portal,
      KYTKIN_BIND_HOST: "localhost",
      KYTKIN_TRUSTED_PROXIES: trustedProxies,
      PORT: String(ports.portal),
      ...(runsIntake && { KYTKIN_SFTP_ADDRESS: `${SANDBOX_HOST}:${ports.sftp}` }),
    },
    intake: {
      ...base,
      KYTKIN_DEMO: "1",
      KYTKIN_DATABASE_URL: databaseUrl(installation, LOGINS.intake, secrets.intakePassword),
      KYTKIN_INTAKE_KEYS: secrets.intakeKeys,
      KYTKIN_SFTP_PORT: String(ports.sftp),
      KYTKIN_SFTP_BIND_HOST: SANDBOX_HOST,
    },
    worker: {
      ...product,
      ...sealing,
      ...inngest,
      KYTKIN_DATABASE_URL: workerUrl,
      KYTKIN_STAND_INS: `procountor=${urls.procountor},poweroffice-go=${urls.poweroffice}/Demo,superoffice=${urls.superoffice}`,
    },
    gateway: {
      ...base,
      KYTKIN_DEMO: "1",
      KYTKIN_PUBLIC_URL: urls.portal,
      KYTKIN_DATABASE_URL: databaseUrl(installation, LOGINS.gateway, secrets.gatewayPassword),
      KYTKIN_GATEWAY_KEYS: secrets.gatewayKeys,
      KYTKIN_GATEWAY_PORT: String(ports.gateway),
      KYTKIN_GATEWAY_BIND_HOST: "localhost",
    },
    sandbox: {
      ...base,
      SANDBOX_PORT: String(ports.sandbox),
      SANDBOX_PROCOUNTOR_PORT: String(ports.procountor),
      SANDBOX_POWEROFFICE_PORT: String(ports.poweroffice),
      SANDBOX_SUPEROFFICE_PORT: String(ports.superoffice),
      SANDBOX_STATE_DIR: home.sandbox,
      SANDBOX_PORTAL_URL: urls.portal,
      SANDBOX_CLIENT_SECRET: secrets.sandboxClientSecret,
      SANDBOX_M2M_API_KEY: secrets.sandboxM2mApiKey,
      SANDBOX_APPLICATION_KEY: secrets.sandboxApplicationKey,
      SANDBOX_SUBSCRIPTION_KEY: secrets.sandboxSubscriptionKey,
      SANDBOX_APPLICATION_TOKEN: secrets.sandboxApplicationToken,
      SANDBOX_PRIVATE_KEY: secrets.sandboxPrivateKey,
      SANDBOX_PARTNER_API_KEY: secrets.partnerApiKey,
      ...(runsGateway && { SANDBOX_GATEWAY_URL: urls.gateway }),
    },
    mail: {
      ...base,
      MAIL_CATCHER_HOST: SANDBOX_HOST,
      MAIL_CATCHER_SMTP_PORT: String(ports.smtp),
      MAIL_CATCHER_WEB_PORT: String(ports.mail),
      MAIL_CATCHER_DIRECTORY: home.mail,
    },
  };
}
