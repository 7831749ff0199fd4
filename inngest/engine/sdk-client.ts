import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { z } from "zod";
import { buildRegistry, type Registry } from "./registry";
import { sign } from "./sign";

/** Never dialled: the SDK's handler runs in this process and only wants a well-formed address. */
const SERVE_URL = "http://engine.internal/api/inngest";

const syncAnswer = z.object({ functions: z.array(z.unknown()) });

export type SdkClient = {
  /** Asks the SDK which functions there are. Throws when signatures are off or do not match, or a function cannot be run. */
  sync(): Promise<Registry>;
  /** Calls a function: `stepId` is "step" to let it run up to its next step, or a planned step's id to run that one. */
  call(functionId: string, stepId: string, body: unknown): Promise<Response>;
};

export function createSdkClient(options: {
  client: Inngest.Like;
  functions: readonly InngestFunction.Like[];
  signingKey: string;
}): SdkClient {
  const handler = serve({ client: options.client, functions: options.functions });
  const send = (method: string, url: string, body: unknown, headers: Record<string, string> = {}) =>
    handler(
      new Request(url, {
        method,
        headers: {
          host: new URL(SERVE_URL).host,
          "content-type": "application/json",
          "x-inngest-signature": sign(body, options.signingKey, new Date()),
          ...headers,
        },
        body: JSON.stringify(body),
      }),
    );

  return {
    async sync() {
      const answer = await send("PUT", SERVE_URL, { url: SERVE_URL }, { "x-inngest-sync-kind": "in_band" });
      if (answer.status === 401) throw new Error("The Inngest client refused the engine's signing key");
      if (!answer.ok)
        throw new Error(`The Inngest client did not list its functions: ${await answer.text()}`);
      // An answer is signed only after the request's signature was checked: in dev mode it is not.
      if (!answer.headers.get("x-inngest-signature")) {
        throw new Error(
          "The Inngest client does not verify signatures: give it isDev: false and a signing key",
        );
      }
      return buildRegistry(syncAnswer.parse(await answer.json()).functions);
    },
    call(functionId, stepId, body) {
      const query = new URLSearchParams({ fnId: functionId, stepId });
      return send("POST", `${SERVE_URL}?${query}`, body);
    },
  };
}
