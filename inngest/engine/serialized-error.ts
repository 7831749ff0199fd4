import { z } from "zod";

export type SerializedError = { name: string; message: string; stack?: string };

const errorSchema = z.object({
  name: z.string().default("Error"),
  message: z.string(),
  stack: z.string().optional(),
});
const wrappedSchema = z.object({ error: z.string() });

/** Errors come as `{name, message, stack}`, wrapped as `{error: "…"}`, or from below the SDK as anything. */
export function toSerializedError(error: unknown): SerializedError {
  const { name, message, stack } = readError(error);
  // PostgreSQL cannot read a NUL character out of JSON.
  return {
    name,
    message: message.replaceAll("\0", ""),
    ...(stack ? { stack: stack.replaceAll("\0", "") } : {}),
  };
}

function readError(error: unknown): SerializedError {
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack };
  const parsed = errorSchema.safeParse(error);
  if (parsed.success) return parsed.data;
  const wrapped = wrappedSchema.safeParse(error);
  return { name: "Error", message: wrapped.success ? wrapped.data.error : JSON.stringify(error ?? null) };
}
