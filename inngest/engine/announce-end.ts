import type { EngineContext } from "./context";
import type { EngineEvent } from "./event";
import { takeIn } from "./intake";

type EndedRun = {
  functionId: string;
  event: unknown;
  status: "completed" | "failed" | "cancelled";
  output: unknown;
  error: unknown;
  endedAt: Date;
};

/** Sends the events by which Inngest tells that a run has ended; `onFailure` functions are started by them. */
export async function announceEnd(ctx: EngineContext, { runId }: { runId: string }): Promise<void> {
  const { rows } = await ctx.database.query<EndedRun>(
    `SELECT function_id AS "functionId", event, status, output, error, ended_at AS "endedAt"
     FROM engine.runs WHERE id = $1 AND status <> 'running'`,
    [runId],
  );
  for (const run of rows) await takeIn(ctx, lifecycleEvents(runId, run));
}

function lifecycleEvents(runId: string, run: EndedRun): EngineEvent[] {
  const ts = run.endedAt.getTime();
  const subject = { function_id: run.functionId, run_id: runId, event: run.event, events: [run.event] };
  const event = (kind: string, data: object): EngineEvent => ({
    // A run that is tried again ends again.
    id: `${runId}:${kind}:${ts}`,
    name: `inngest/function.${kind}`,
    data: { ...subject, ...data },
    ts,
  });
  switch (run.status) {
    case "completed":
      return [event("finished", { result: run.output })];
    case "failed":
      return [event("failed", { error: run.error }), event("finished", { error: run.error })];
    case "cancelled":
      return [event("cancelled", { error: { name: "FunctionCancelled", message: "function cancelled" } })];
  }
}
