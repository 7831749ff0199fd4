"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { cleanLines } from "@/lib/core/outside-text";
import { resolveTask } from "@/lib/operations/task/resolve-task";
import { retryTask } from "@/lib/operations/task/retry-task";
import { taskResolution } from "@/lib/platform/task/schema";
import { asOperator } from "../../as-operator";
import { refusedToOperator, runAction } from "../../run-action";
import { getActingOperator } from "../acting-operator";

const INVALID = { status: "error", code: "invalid_input" } satisfies FormState;
const taskIdOf = (data: FormData) => z.uuid().safeParse(data.get("taskId"));

export async function resolveTaskAction(_previous: FormState, data: FormData): Promise<FormState> {
  const viewer = await getActingOperator("task.resolve", "/operator/tasks");
  const taskId = taskIdOf(data);
  if (!taskId.success) return INVALID;
  const resolution = taskResolution.safeParse(data.get("resolution"));
  if (!resolution.success) {
    const isTooLong = cleanLines(String(data.get("resolution") ?? "")) !== "";
    return { ...INVALID, fieldErrors: { resolution: isTooLong ? "too_long" : "required" } };
  }
  const input = { taskId: taskId.data, resolution: resolution.data };
  const result = await runAction(
    "task.resolve",
    viewer,
    () => asOperator(viewer, (tx) => resolveTask(tx, viewer, input)),
    refusedToOperator,
  );
  if (!result.ok) return result.state;
  revalidatePath("/operator", "layout");
  return { status: "ok" };
}

export async function retryTaskAction(_previous: FormState, data: FormData): Promise<FormState> {
  const viewer = await getActingOperator("task.retry", "/operator/tasks");
  const taskId = taskIdOf(data);
  if (!taskId.success) return INVALID;
  const result = await runAction(
    "task.retry",
    viewer,
    () => asOperator(viewer, (tx) => retryTask(tx, viewer, taskId.data)),
    refusedToOperator,
  );
  if (!result.ok) return result.state;
  revalidatePath("/operator", "layout");
  return { status: "ok" };
}
