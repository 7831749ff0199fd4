import { z } from "zod";
import { createApiKey } from "@/lib/partner/api/create-api-key";
import { API_KEY_SCOPES, FORMER_SCOPES } from "@/lib/partner/organization/roles";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: `npm run api-key:create -- PARTNER --stage test|production --name NAME [--scopes LIST] [--expires DATE]

  Prints a key of the partner API, once: it is stored as a hash.

  LIST  with commas: ${API_KEY_SCOPES.join(", ")}, or all;
        left out: ${FORMER_SCOPES.join(", ")}
  DATE  like 2027-01-31: the key works up to the end of that day, UTC`,
  options: {
    stage: { type: "string" },
    name: { type: "string" },
    scopes: { type: "string" },
    expires: { type: "string" },
  },
  words: ["partner"],
  input: z.strictObject({
    partner: z.string(),
    stage: z.enum(["test", "production"]),
    name: z.string().trim().min(1).max(120),
    scopes: z
      .string()
      .transform((list) => (list === "all" ? [...API_KEY_SCOPES] : list.split(",").map((one) => one.trim())))
      .pipe(z.array(z.enum(API_KEY_SCOPES)).min(1))
      .optional(),
    expires: z.iso.date().optional(),
  }),
  run: async (context, { expires, ...input }) => {
    const expiresAt = expires ? new Date(`${expires}T23:59:59.999Z`) : null;
    say(await createApiKey(context, { ...input, expiresAt }));
  },
});
