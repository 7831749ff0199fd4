import { z } from "zod";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";
import { writtenLines } from "@/lib/core/written-text";

export const operatorEnd = z.object({
  connectionId: z.uuid(),
  reason: writtenLines(MAX_REASON_LENGTH),
  /** The beginning of the connection's id, typed once more. */
  typed: z.string(),
});

/** How much of the id is typed to confirm: an operator reads no name of a customer. */
export const TYPED_LENGTH = 8;
