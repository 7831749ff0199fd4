import { z } from "zod";

/** Where the gateway opens rows for web, at its internal address. */
export const BODY_VIEWS_PATH = "/internal/body-views";

/** A row's content, as the gateway gives it for a ticket. `fields` is null once the content is no longer kept. */
export const openedRow = z.object({
  key: z.string().nullable(),
  fields: z.unknown(),
  problems: z.array(
    z.object({
      field: z.string().nullable(),
      cause: z.string(),
      vendorCode: z.string().optional(),
      vendorWords: z.string().optional(),
    }),
  ),
  record: z.object({ vendorId: z.string(), label: z.string().nullable() }).nullable(),
});
