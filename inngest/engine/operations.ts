import { z } from "zod";
import { compileCondition } from "./condition";
import { toSerializedError } from "./serialized-error";
import { parseDueAt } from "./time";

const MAX_STEP_RESULT_BYTES = 4 * 1024 * 1024;

/** The SDK puts the duration or the awaited event's name into `name`. */
export const operationSchema = z.object({
  op: z.string(),
  id: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z
    .looseObject({
      timeout: z.string().optional(),
      if: z.string().optional(),
      parallelMode: z.string().optional(),
    })
    .nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
type Operation = z.infer<typeof operationSchema>;

/** What is remembered of a finished step, in the form that the SDK takes back. */
export type StepResult = { type: "data"; data: unknown } | { type: "error"; error: unknown };

/** What an operation changes in the run. A step that `races` lets the function go on before its siblings are done. */
export type StepChange =
  | { kind: "settle"; stepId: string; result: StepResult }
  | { kind: "plan"; stepId: string; races: boolean }
  | { kind: "sleep"; stepId: string; races: boolean; dueAt: Date }
  | {
      kind: "wait";
      stepId: string;
      races: boolean;
      dueAt: Date;
      eventName: string;
      condition: string | null;
    };

/** Throws, naming the step, when the engine does not implement the operation or cannot read it. */
export function toStepChange(operation: Operation, now: Date): StepChange {
  const stepId = operation.id;
  const races = operation.opts?.parallelMode === "race";
  switch (operation.op) {
    case "StepRun":
      return { kind: "settle", stepId, result: withinSize(operation.data) };
    case "StepFailed":
      return { kind: "settle", stepId, result: { type: "error", error: toSerializedError(operation.error) } };
    case "StepPlanned":
      return { kind: "plan", stepId, races };
    case "Sleep":
      return { kind: "sleep", stepId, races, dueAt: parseDueAt(operation.name ?? "", now) };
    case "WaitForEvent": {
      const condition = operation.opts?.if ?? null;
      if (condition) compileCondition(condition);
      const dueAt = parseDueAt(operation.opts?.timeout ?? "", now);
      return { kind: "wait", stepId, races, dueAt, eventName: operation.name ?? "", condition };
    }
    default: {
      const step = operation.displayName ?? stepId;
      throw new Error(`Step "${step}" uses ${operation.op}, which the embedded engine does not implement`);
    }
  }
}

/** A result that is too large fails its step for good: running it again would give the same. */
function withinSize(data: unknown): StepResult {
  const bytes = Buffer.byteLength(JSON.stringify(data ?? null));
  if (bytes <= MAX_STEP_RESULT_BYTES) return { type: "data", data: data ?? null };
  const message = `The step's result has ${bytes} bytes; at most ${MAX_STEP_RESULT_BYTES} can be kept`;
  return { type: "error", error: { name: "StepResultTooLarge", message } };
}
