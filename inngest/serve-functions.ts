import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/node";
import type { Log } from "@/lib/platform/log";
import { sign } from "./engine";

const PATH = "/api/inngest";
/** More than the 32 MiB that a run's state may have on Inngest. */
const MAX_BODY_BYTES = 40 * 1024 * 1024;
const REGISTER_AGAIN_MS = 15_000;
/** As long as the embedded engine waits for the calls that are being executed. */
const STOP_GRACE_MS = 10_000;

export type FunctionServerOptions = {
  /** In cloud mode (`isDev: false`), so that every call has to be signed. */
  client: Inngest;
  functions: readonly InngestFunction.Like[];
  signingKey: string;
  /** Where the Inngest server reaches this process, e.g. `http://worker.internal:3001`. */
  origin: string;
  /** 0 takes a free one. */
  port: number;
  host: string | undefined;
  log: Log;
};

export type FunctionServer = {
  port: number;
  /** Resolves when the Inngest server has the functions. */
  registered: Promise<void>;
  /** Answers the calls that have come in, and takes no more. What takes too long is left to be called again. */
  stop(): Promise<void>;
};

/**
 * Serves the functions to an Inngest server under `/api/inngest`, every request signed or refused, and registers them there
 * until it has been understood. `/health` answers without a signature.
 */
export async function serveFunctions(options: FunctionServerOptions): Promise<FunctionServer> {
  const { client, functions, origin } = options;
  const answer = serve({
    client,
    functions,
    serveOrigin: origin,
    servePath: PATH,
    enableUnauthedSync: false,
  });
  const server = createServer((request, response) => {
    route(request, response, answer).catch((error: unknown) => {
      options.log.warn({ err: error }, "a call could not be answered");
      response.destroy();
    });
  });
  const port = await listen(server, options.port, options.host);
  const registration = registerUntilUnderstood(options, port);
  return {
    port,
    registered: registration.done,
    async stop() {
      registration.stop();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS).unref();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  answer: ReturnType<typeof serve>,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://worker");
  if (pathname === "/health") return void response.end("ok");
  const fault = pathname === PATH ? findLengthFault(request) : 404;
  if (fault !== undefined) return void response.writeHead(fault, { connection: "close" }).end();
  await answer(request, response);
}

/** A body is read before its signature can be checked: how long it is has to be said, and not too much. */
function findLengthFault({ headers }: IncomingMessage): number | undefined {
  if (headers["transfer-encoding"] !== undefined) return 411;
  return Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES ? 413 : undefined;
}

/** The worker's port cannot be had; the message says what to do. */
export class PortTakenError extends Error {
  override readonly name = "PortTakenError";
  constructor(port: number) {
    super(
      `Port ${port} is taken by another program on this machine: another worker, for example. End that program, or set ` +
        "KYTKIN_WORKER_PORT to a free port and INNGEST_SERVE_ORIGIN to the address that leads there.",
    );
  }
}

function listen(server: Server, port: number, host: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortTakenError(port) : error),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/** Throws `PortTakenError` when `serveFunctions` could not listen there. To be asked before a job is taken. */
export async function requireFreePort(port: number, host: string | undefined): Promise<void> {
  const server = createServer();
  await listen(server, port, host);
  await new Promise((resolve) => server.close(resolve));
}

/** The functions are asked to introduce themselves, which they do to whoever the client's base URL names. */
function registerUntilUnderstood({ signingKey, host, log }: FunctionServerOptions, port: number) {
  const stopping = new AbortController();
  const name = host?.includes(":") ? `[${host}]` : host;
  const url = `http://${name ?? "127.0.0.1"}:${port}${PATH}`;
  const register = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const trouble = await askToRegister(url, signingKey);
      if (trouble === undefined) return log.info("functions registered with the Inngest server");
      log.warn({ trouble }, "the Inngest server did not register the functions; they are offered again");
      await delay(REGISTER_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  return { done: register(), stop: () => stopping.abort() };
}

/** undefined when it went well. */
async function askToRegister(url: string, signingKey: string): Promise<string | undefined> {
  const headers = { "x-inngest-signature": sign(undefined, signingKey, new Date()) };
  try {
    const answer = await fetch(url, { method: "PUT", headers });
    return answer.ok ? undefined : `${answer.status} ${(await answer.text()).slice(0, 300)}`;
  } catch (error) {
    return String(error);
  }
}
