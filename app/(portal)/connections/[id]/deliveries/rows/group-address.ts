import { z } from "zod";
import type { InboxGroupKey } from "@/lib/connection/delivery/schema";

const emptyAsNull = z
  .string()
  .default("")
  .transform((text) => (text === "" ? null : text));

/** What names a group of the inbox in an address. */
export const groupQuery = z.object({
  entity: z.string().min(1),
  state: z.enum(["rejected", "waiting", "unknown", "incomplete"]),
  cause: emptyAsNull,
  field: emptyAsNull,
  vendorCode: emptyAsNull,
});

export function rowsAddress(connectionId: string, group: InboxGroupKey, after?: string): string {
  const { entity, state, cause, field, vendorCode } = group;
  const named = { entity, state, cause, field, vendorCode, after };
  const query = Object.entries(named).flatMap(([name, value]): [string, string][] =>
    value ? [[name, value]] : [],
  );
  return `/connections/${connectionId}/deliveries/rows?${new URLSearchParams(query)}`;
}
