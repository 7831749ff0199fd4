import { DEMO_KEY_ID, DEMO_SECRET_MARK, MAIL_CATCHER_MARK } from "@/lib/core/demo";
import type { WebEnv, WorkerEnv } from "./env";
import { type DemoTrace, listDemoTraces } from "./health/demo-traces";
import { asSystem, type WorkerContext } from "./worker-context";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
/** Where mail catchers listen by custom. */
const CATCHER_PORT = "1025";

type Settings = Pick<WorkerEnv, "KYTKIN_DEMO" | "KYTKIN_PUBLIC_URL" | "KYTKIN_DATABASE_URL"> &
  Partial<Pick<WorkerEnv, "KYTKIN_OUTGOING_LOOPBACK" | "SMTP_URL">> &
  Partial<Pick<WebEnv, "NEXTAUTH_SECRET">> &
  Partial<
    Pick<
      WorkerEnv,
      | "KYTKIN_KEYS"
      | "KYTKIN_GATEWAY_KEYS"
      | "KYTKIN_INTAKE_KEYS"
      | "KYTKIN_STAND_INS"
      | "INNGEST_SIGNING_KEY"
      | "INNGEST_EVENT_KEY"
    >
  >;

const isLoopback = (url: URL): boolean => LOOPBACK.includes(url.hostname);

/** Refuses a public address that is not https, and the demo anywhere but on this machine. */
function assertPublicUrl(env: Settings): void {
  const url = new URL(env.KYTKIN_PUBLIC_URL);
  if (env.KYTKIN_DEMO && !isLoopback(url)) {
    throw new Error(
      `KYTKIN_DEMO=1 is for this machine only, and the public URL is ${url.origin}. Unset KYTKIN_DEMO.`,
    );
  }
  if (url.protocol !== "https:" && !isLoopback(url)) {
    throw new Error(`KYTKIN_PUBLIC_URL has to be https; it is ${url.origin}.`);
  }
}

/** A catcher keeps every mail for whoever looks, sign-in links included, and delivers none. */
function assertRealMailServer({ SMTP_URL }: Settings): void {
  if (SMTP_URL === undefined) return;
  const url = new URL(SMTP_URL);
  const isCatcher = url.searchParams.has(MAIL_CATCHER_MARK) || (isLoopback(url) && url.port === CATCHER_PORT);
  if (isCatcher) throw new Error("SMTP_URL is a mail catcher's. Name a mail server that delivers.");
}

/** What `npm start` made was made for trying out, and has been lying in a folder since. */
function assertOwnSecrets(env: Settings): void {
  const isMarked = (value = ""): boolean => value.startsWith(DEMO_SECRET_MARK);
  const marked = [
    isMarked(env.NEXTAUTH_SECRET) && "NEXTAUTH_SECRET",
    isMarked(decodeURIComponent(new URL(env.KYTKIN_DATABASE_URL).password)) &&
      "the password in KYTKIN_DATABASE_URL",
    env.KYTKIN_KEYS?.some(({ id }) => id === DEMO_KEY_ID) && "KYTKIN_KEYS",
    env.KYTKIN_GATEWAY_KEYS?.some(({ id }) => id === DEMO_KEY_ID) && "KYTKIN_GATEWAY_KEYS",
    env.KYTKIN_INTAKE_KEYS?.some(({ id }) => id === DEMO_KEY_ID) && "KYTKIN_INTAKE_KEYS",
    isMarked(env.INNGEST_SIGNING_KEY?.replace(/^signkey-/, "")) && "INNGEST_SIGNING_KEY",
    isMarked(env.INNGEST_EVENT_KEY) && "INNGEST_EVENT_KEY",
  ].filter((name) => typeof name === "string");
  if (marked.length > 0)
    throw new Error(
      `These were generated for the demo: ${marked.join(", ")}. Make new ones: docs/operations/configuration.md.`,
    );
}

/** Refuses settings that are only for trying out, in every process. Throws with what to do. */
export function assertRealSettings(env: Settings): void {
  assertPublicUrl(env);
  if (env.KYTKIN_OUTGOING_LOOPBACK && !env.KYTKIN_DEMO)
    throw new Error(
      "KYTKIN_OUTGOING_LOOPBACK=1 lets partners' addresses lead to this machine. It is for a developer's own; unset it.",
    );
  if (Object.keys(env.KYTKIN_STAND_INS ?? {}).length > 0 && !env.KYTKIN_DEMO)
    throw new Error(
      "KYTKIN_STAND_INS leads vendor applications to stand-ins. It is for the demo and for development; unset it.",
    );
  if (env.KYTKIN_DEMO) return;
  assertRealMailServer(env);
  assertOwnSecrets(env);
}

const TRACES: Record<DemoTrace, string> = {
  partner: "The database holds the demo's partner. Start with an empty database.",
  sandbox:
    "A vendor application's address is on this machine: a stand-in's. Enter the vendor's own address, or start with an empty database.",
};

/** Refuses a database with what is only for trying out. Throws with what to do. */
export function assertNoDemoTraces(traces: readonly DemoTrace[]): void {
  const [first] = traces;
  if (first) throw new Error(TRACES[first]);
}

/** The worker's question at its start. Throws with what to do. */
export async function assertProductionReady(context: WorkerContext, env: Settings): Promise<void> {
  assertRealSettings(env);
  if (!env.KYTKIN_DEMO) assertNoDemoTraces(await asSystem(context, "start-up check", listDemoTraces));
}
