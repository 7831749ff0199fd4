import type { Instrumentation } from "next";

/** Runs once when the web process starts, before the first request. */
export async function register(): Promise<void> {
  const { assertWebReady } = await import("./lib/platform/web-ready");
  await assertWebReady();
}

/** What a page or an action did not catch. The visitor is shown the digest; the line also has the request's id. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { log } = await import("./lib/platform/log");
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  // The route and not the path: an address may hold a token.
  log.error({ err: error, digest, method: request.method, route: context.routePath }, "request failed");
};
