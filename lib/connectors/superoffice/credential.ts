import { z } from "zod";

/** Id of a tenant, as SuperOffice writes it: `Cust12345`. */
export const tenantId = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/);

/** What stands for one tenant: its id, and the system token that the application got with the administrator's approval. */
const systemCredential = z.object({ tenant: tenantId, systemToken: z.string().min(1).max(2000) });
export type SystemCredential = z.infer<typeof systemCredential>;

/** As it is sealed: the same credential is always the same text. */
export const credentialCodec = z.codec(z.string(), systemCredential, {
  decode: (text) => systemCredential.parse(JSON.parse(text)),
  encode: ({ tenant, systemToken }) => JSON.stringify({ tenant, systemToken }),
});
