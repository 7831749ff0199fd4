import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Exchange } from "./exchange";
import { findForeignOrigin } from "./foreign-request";
import { HttpError } from "./http-error";
import type { Handler } from "./router";

const ICON_HEADERS = { "cache-control": "public, max-age=86400" };

export type RunningServer = { url: string; port: number; close: () => Promise<void> };

/** Listens on the loopback address only, and answers no page of another site: a stand-in is for this machine's own use. */
export async function serve(port: number, handle: Handler): Promise<RunningServer> {
  const server = createServer((request, response) => void answer(request, response, handle));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}`, port: address.port, close: () => close(server) };
}

async function answer(request: IncomingMessage, response: ServerResponse, handle: Handler): Promise<void> {
  try {
    const foreign = findForeignOrigin(request.headers);
    if (foreign !== null) throw new HttpError(403, { error: foreign });
    // A browser with windows asks for it beside every page that names no icon, a JSON answer for example.
    if (request.url === "/favicon.ico") return void response.writeHead(204, ICON_HEADERS).end();
    await handle(new Exchange(request, response));
  } catch (error) {
    answerError(response, error);
  }
}

function answerError(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const known = error instanceof HttpError ? error : new HttpError(500, { error: "the stand-in failed" });
  if (known !== error) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  response.writeHead(known.status, { "content-type": "application/json" });
  response.end(JSON.stringify(known.body));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
