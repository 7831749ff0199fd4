import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { withScope } from "@/db/scope";
import { unwrapConnectionData } from "@/lib/platform/seal/connection-data";
import { openAccess } from "./access-token";
import type { AllowedCall, TokenRow } from "./authorize-call";
import type { GatewayContext } from "./context";
import { GatewayProblem } from "./problem";

/** Shorter than a vendor's answer to a token call may take, and than callers wait as a rule. */
const LONGEST_WAIT_MS = 15_000;
const POLLS_MS = [20, 40, 60, 100, 150, 250];
/** One that ends sooner is not begun with; one that ends soon is asked for ahead. */
const ENDS_NOW_MS = 5000;
const ENDS_SOON_MS = 60_000;
/** After a failure the vendor is left alone for a while. */
const FAILED_LATELY_MS = 10_000;
/** Failures that a person has to see to; every other one may pass by itself. */
const LASTING = ["unauthorized", "disconnected", "forbidden"];

export type Access = { version: number; mintedAgoMs: number; headers: Record<string, string> };

/** Asks the workers for a token; `refused` is the version that the vendor no longer took. */
export async function askForToken(
  { database }: Pick<GatewayContext, "database">,
  connectionId: string,
  refused: number | null,
): Promise<void> {
  await withScope(database, { kind: "gateway" }, (tx) =>
    tx.execute(sql`select kytkin.ask_gateway_token(${connectionId}::uuid, ${refused}::integer)`),
  );
}

const isUsable = (token: TokenRow | null): token is TokenRow & { sealed: string; validForMs: number } =>
  token?.sealed != null && !token.isRefused && (token.validForMs ?? 0) > ENDS_NOW_MS;

/**
 * What opens the vendor for an allowed call, minted by a worker where there is none. `again` asks the rule once more, which
 * throws what refuses the call meanwhile. Throws `no_token` when none comes in time, `connection_needs_attention` when the vendor
 * refuses the connection's key.
 */
export async function awaitAccess(
  context: GatewayContext,
  connectionId: string,
  first: AllowedCall,
  again: () => Promise<AllowedCall>,
): Promise<Access> {
  let call = first;
  const startedAt = performance.now();
  for (let tries = 0; ; tries++) {
    const { token, dataKey } = call;
    if (isUsable(token) && dataKey) {
      if (token.validForMs < ENDS_SOON_MS && !token.isAsked) await askForToken(context, connectionId, null);
      const data = unwrapConnectionData(context.keys, { ownerId: connectionId, ...dataKey });
      return {
        version: token.version,
        mintedAgoMs: token.mintedAgoMs ?? 0,
        headers: openAccess(data, token.version, token.sealed),
      };
    }
    const waitedMs = performance.now() - startedAt;
    if (!token?.isAsked) {
      if (token?.failure && (token.failedAgoMs ?? 0) < FAILED_LATELY_MS) throw describeFailure(token.failure);
      await askForToken(context, connectionId, null);
    } else if (waitedMs > LONGEST_WAIT_MS) {
      throw new GatewayProblem(
        "no_token",
        "No worker has got a token from the vendor yet.",
        { sent: "no" },
        { "retry-after": "5" },
      );
    }
    await delay(POLLS_MS[Math.min(tries, POLLS_MS.length - 1)]);
    call = await again();
  }
}

function describeFailure(failure: string): GatewayProblem {
  if (LASTING.includes(failure))
    return new GatewayProblem(
      "connection_needs_attention",
      "The vendor refuses the connection's key; its customer has to see to it.",
      { sent: "no", cause: "credential_refused" },
    );
  return new GatewayProblem(
    "no_token",
    "The vendor gave no token just now.",
    { sent: "no", cause: failure },
    { "retry-after": "10" },
  );
}
