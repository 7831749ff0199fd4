import { Middleware } from "inngest";
import { z } from "zod";
import { withTrace } from "@/lib/platform/trace";

type Handler = Pick<Middleware.WrapStepHandlerArgs, "ctx" | "next">;
const traced = z.object({ traceId: z.string() });

/** Runs functions and their steps under the trace of the event that started them; a scheduled run is its own trace. */
export class TraceMiddleware extends Middleware.BaseMiddleware {
  readonly id = "trace";
  override wrapFunctionHandler = ({ ctx, next }: Handler) => withTrace(traceIdOf(ctx), next);
  override wrapStepHandler = ({ ctx, next }: Handler) => withTrace(traceIdOf(ctx), next);
}

function traceIdOf({ event, runId }: Handler["ctx"]): string {
  return traced.safeParse(event.data).data?.traceId ?? runId;
}
