import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { authOptions } from "./auth-options";
import type { AuthContext } from "./context";
import { sessionCookieName } from "./cookies";

type Call = {
  method: "GET" | "POST";
  /** What follows `/api/auth/`, e.g. `["callback", "email"]`. */
  path: string[];
  query?: Record<string, string>;
  /** The only cookie of ours that next-auth gets to see. */
  sessionToken: string | undefined;
  locale: string;
};
type Answer = { status: number; location: string | null; body: unknown; sessionToken: string | null };

/** The part of Node's response that next-auth's handler writes to. */
class RecordedResponse {
  statusCode = 200;
  body: unknown;
  readonly headers = new Map<string, unknown>();
  status(code: number): this {
    this.statusCode = code;
    return this;
  }
  getHeader(name: string): unknown {
    return this.headers.get(name.toLowerCase());
  }
  setHeader(name: string, value: unknown): this {
    this.headers.set(name.toLowerCase(), value);
    return this;
  }
  send(body?: unknown): void {
    this.body = body;
  }
  json(body: unknown): void {
    this.body = body;
  }
  end(): void {}
}

/** The cookie's value; null when next-auth did not set it, "" when it cleared it. */
function cookieValue(response: RecordedResponse, name: string): string | null {
  const header = response.getHeader("set-cookie");
  const lines = Array.isArray(header) ? header.map(String) : [];
  const line = lines.find((candidate) => candidate.startsWith(`${name}=`));
  return line === undefined ? null : decodeURIComponent(line.slice(name.length + 1).split(";")[0] ?? "");
}

/**
 * Runs next-auth's own handler in this process. Its routes are not reachable from outside, so that a link or code can
 * be redeemed in one way only; of its cookies only the session's is handed on.
 */
export async function callNextAuth(auth: AuthContext, call: Call): Promise<Answer> {
  const name = sessionCookieName(auth.publicUrl);
  const request = {
    method: call.method,
    query: { nextauth: call.path, ...call.query },
    cookies: call.sessionToken ? { [name]: call.sessionToken } : {},
    headers: {},
    body: {},
  };
  const response = new RecordedResponse();
  await NextAuth(
    request as unknown as NextApiRequest,
    response as unknown as NextApiResponse,
    authOptions(auth, call.locale),
  );
  const location = response.getHeader("location");
  return {
    status: response.statusCode,
    location: typeof location === "string" ? location : null,
    body: response.body,
    sessionToken: cookieValue(response, name),
  };
}
