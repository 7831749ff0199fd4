import type { IncomingMessage, ServerResponse } from "node:http";
import type { Html } from "./html";
import { HttpError } from "./http-error";

const MAX_BODY_BYTES = 1_000_000;

/** One request and the ways to answer it. */
export class Exchange {
  readonly method: string;
  readonly url: URL;
  /** Named groups of the route's pattern. */
  params: Record<string, string> = {};
  private text: Promise<string> | undefined;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
  ) {
    this.method = request.method ?? "GET";
    this.url = new URL(request.url ?? "/", "http://sandbox.invalid");
  }

  param(name: string): string {
    return this.params[name] ?? "";
  }

  cookie(name: string): string | null {
    const pairs = (this.request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
    return pairs.find(([key]) => key === name)?.[1] ?? null;
  }

  /** The whole body, as often as it is asked for. */
  readText(): Promise<string> {
    this.text ??= this.receive();
    return this.text;
  }

  private async receive(): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.request) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_BODY_BYTES)
        throw new HttpError(413, { errors: [{ status: 413, message: "Body too large" }] });
    }
    return Buffer.concat(chunks).toString("utf8");
  }

  /** undefined when the body is no JSON. */
  async readJson(): Promise<unknown> {
    try {
      return JSON.parse(await this.readText());
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  async readForm(): Promise<URLSearchParams> {
    return new URLSearchParams(await this.readText());
  }

  sendJson(status: number, body: unknown, headers: Record<string, string> = {}): void {
    this.send(status, JSON.stringify(body), {
      "content-type": "application/json; charset=utf-8",
      ...headers,
    });
  }

  sendPage(page: Html, status = 200): void {
    this.send(status, page.text, { "content-type": "text/html; charset=utf-8" });
  }

  /** 303: the browser follows with GET. */
  redirect(location: string, headers: Record<string, string> = {}): void {
    this.send(303, "", { location, ...headers });
  }

  send(status: number, body: string, headers: Record<string, string>): void {
    this.response.writeHead(status, { "cache-control": "no-store", ...headers });
    this.response.end(body);
  }
}
