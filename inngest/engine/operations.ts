import { z } from "zod";
import { compileCondition } from "./condition";
import { toSerializedError } from "./serialized-error";
import { parseDueAt } from "./time";

/** An invoked function may take a year, as on Inngest. */
const DEFAULT_INVOKE_TIMEOUT = "365d";
const MAX_STEP_RESULT_BYTES = 4 * 1024 * 1024;

/** The SDK puts the duration or the awaited event's name into `name`. */
export const operationSchema = z.object({
  op: z.string(),
  id: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z
    .looseObject({
      timeout: z.string().nullish(),
      function_id: z.string().optional(),
      payload: z
        .looseObject({ data: z.record(z.string(), z.unknown()).nullish(), v: z.string().nullish() })
        .optional(),
      if: z.string().optional(),
      parallelMode: z.string().optional(),
    })
    .nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type Operation = z.infer<typeof operationSchema>;

/** What is remembered of a finished step, in the form that the SDK takes back. */
export type StepResult = { type: "data"; data: unknown } | { type: "error"; error: unknown };

/** What an operation changes in the run. A step that `races` lets the function go on before its siblings are done. */
export type StepChange = { stepId: string; name: string; races: boolean } & (
  | { kind: "settle"; result: StepResult }
  | { kind: "plan" }
  | { kind: "sleep"; dueAt: Date }
  | { kind: "wait"; dueAt: Date; eventName: string; condition: string | null }
  | { kind: "invoke"; dueAt: Date; functionId: string; data: Record<string, unknown>; v: string | undefined }
);

/** Throws, naming the step, when the engine does not implement the operation or cannot read it. */
export function toStepChange(operation: Operation, now: Date): StepChange {
  const { opts } = operation;
  const step = stepOf(operation);
  switch (operation.op) {
    case "StepRun":
      return { ...step, kind: "settle", result: withinSize(operation.data) };
    case "StepFailed":
      return {
        ...step,
        kind: "settle",
        result: { type: "error", error: toSerializedError(operation.error) },
      };
    case "StepPlanned":
      return { ...step, kind: "plan" };
    case "Sleep":
      return { ...step, kind: "sleep", dueAt: parseDueAt(operation.name ?? "", now) };
    case "WaitForEvent": {
      const condition = opts?.if ?? null;
      if (condition) compileCondition(condition);
      const dueAt = parseDueAt(opts?.timeout ?? "", now);
      return { ...step, kind: "wait", dueAt, eventName: operation.name ?? "", condition };
    }
    case "InvokeFunction": {
      const { timeout, function_id: functionId = "", payload } = opts ?? {};
      const dueAt = parseDueAt(timeout ?? DEFAULT_INVOKE_TIMEOUT, now);
      const [data, v] = [payload?.data ?? {}, payload?.v ?? undefined];
      return { ...step, kind: "invoke", dueAt, functionId, data, v };
    }
    default:
      throw new Error(
        `Step "${step.name}" uses ${operation.op}, which the embedded engine does not implement`,
      );
  }
}

export function stepOf({ id, displayName, opts }: Operation): Pick<StepChange, "stepId" | "name" | "races"> {
  return { stepId: id, name: displayName ?? id, races: opts?.parallelMode === "race" };
}

/** A result that is too large fails its step for good: running it again would give the same. */
function withinSize(data: unknown): StepResult {
  const bytes = Buffer.byteLength(JSON.stringify(data ?? null));
  if (bytes <= MAX_STEP_RESULT_BYTES) return { type: "data", data: data ?? null };
  const message = `The step's result has ${bytes} bytes; at most ${MAX_STEP_RESULT_BYTES} can be kept`;
  return { type: "error", error: { name: "StepResultTooLarge", message } };
}
