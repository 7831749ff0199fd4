import type { Inngest } from "inngest";
import { z } from "zod";
import { createInngestClient } from "@/inngest/client";
import { createFunctions } from "@/inngest/functions";
import type { Mailer } from "@/lib/platform/mail/send-mail";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** What a function uses of the engine. */
export type StepTools = {
  run<T>(id: string, work: () => Promise<T>): Promise<T>;
  waitForEvent(id: string, wait: { event: string; timeout: Date }): PromiseLike<unknown>;
};
type Handler = (call: { event: { data: unknown }; step: StepTools; attempt: number }) => Promise<unknown>;

export type RecordedFunction = {
  id: string;
  /** The event that starts it; null for one that runs by the clock. */
  event: string | null;
  /** How often a failed step is tried again. */
  retries: number;
  isSingleton: boolean;
  handler: Handler;
};

const optionsSchema = z.object({
  id: z.string(),
  triggers: z.union([z.object({ event: z.string() }), z.unknown()]),
  retries: z.number(),
  singleton: z.unknown().optional(),
});
const triggerSchema = z.object({ event: z.string() });

const NO_KEYS = { signingKey: `signkey-test-${"0".repeat(32)}`, eventKey: "no-event-leaves-here" };

/** The worker's own functions, as they are given to the engine, to be run by somebody else. */
export function recordFunctions(context: WorkerContext, mailer: Mailer): RecordedFunction[] {
  const recorded: RecordedFunction[] = [];
  const record = (options: unknown, handler: Handler): void => {
    const { id, triggers, retries, singleton } = optionsSchema.parse(options);
    const event = triggerSchema.safeParse(triggers).data?.event ?? null;
    recorded.push({ id, event, retries, isSingleton: singleton !== undefined, handler });
  };
  const client: Inngest = new Proxy(createInngestClient(NO_KEYS), {
    get: (target, name) => (name === "createFunction" ? record : Reflect.get(target, name)),
  });
  createFunctions(client, context, mailer);
  return recorded;
}
