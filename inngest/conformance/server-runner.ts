import { pino } from "pino";
import { createInngestClient } from "@/inngest/client";
import { serveFunctions } from "@/inngest/serve-functions";
import { APP_ID, type Observations } from "./observe";
import { castAll, type Runner } from "./runner";

/** The address of a real Inngest server, when there is one. */
export const SERVER_URL = process.env.INNGEST_SERVER_URL;

/** Back-off and polling of a real server are its own. */
const PATIENCE_MS = 120_000;

/**
 * Serves all cases over HTTP, signed, and registers them with the server. It needs the server's INNGEST_SIGNING_KEY
 * (`signkey-…`) and INNGEST_EVENT_KEY; INNGEST_SERVE_ORIGIN when the server cannot reach port 3939 of this machine's loopback.
 */
export async function startOnServer(observations: Observations): Promise<Runner> {
  const { INNGEST_SIGNING_KEY: signingKey = "", INNGEST_EVENT_KEY: eventKey = "" } = process.env;
  const inngest = createInngestClient({ signingKey, eventKey, baseUrl: SERVER_URL }, APP_ID);
  const port = 3939;
  const server = await serveFunctions({
    client: inngest,
    functions: castAll(inngest, observations),
    signingKey,
    origin: process.env.INNGEST_SERVE_ORIGIN ?? `http://127.0.0.1:${port}`,
    port,
    host: undefined,
    log: pino({ level: "warn" }),
  });
  await server.registered;
  return { inngest, patienceMs: PATIENCE_MS, stop: () => server.stop() };
}
