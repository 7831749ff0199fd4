import type { z } from "zod";

/**
 * Entries of a vendor's list, read one by one: one that is not as documented does not cost the others. Anything but a list
 * is a list of one, nothing is an empty one.
 */
export function readEach<Schema extends z.ZodType>(
  schema: Schema,
  list: unknown,
): { read: z.infer<Schema>[]; leftOut: unknown[] } {
  const entries: unknown[] = Array.isArray(list) ? list : list === null || list === undefined ? [] : [list];
  const read: z.infer<Schema>[] = [];
  const leftOut: unknown[] = [];
  for (const entry of entries) {
    const parsed = schema.safeParse(entry);
    if (parsed.success) read.push(parsed.data);
    else leftOut.push(entry);
  }
  return { read, leftOut };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
