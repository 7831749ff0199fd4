import { z } from "zod";
import { continueTurn } from "./call";
import type { EngineContext } from "./context";
import { operationSchema } from "./operations";
import { readOperations } from "./outcome";

const CHECKPOINT_PATH = /^\/v1\/checkpoint\/[^/]+\/async$/;
const checkpointSchema = z.object({ qi_id: z.string(), steps: z.array(operationSchema) });

export function isCheckpoint(url: URL): boolean {
  return CHECKPOINT_PATH.test(url.pathname);
}

/**
 * Answers `POST /v1/checkpoint/{run}/async`: a call that goes from step to step reports one that is done, and goes on when
 * it has been stored. 409 makes it stop: the run has ended, somebody else has taken it over, or has to. The call's lease
 * is the key; nobody but this process and the function that it calls knows it.
 */
export async function answerCheckpoint(ctx: EngineContext, body: string): Promise<Response> {
  const { qi_id: lease, steps } = checkpointSchema.parse(JSON.parse(body));
  const turn = ctx.turns.get(lease);
  if (turn?.call) await continueTurn(ctx, turn, readOperations(steps, undefined, new Date()));
  return new Response(null, { status: turn?.call ? 200 : 409 });
}
