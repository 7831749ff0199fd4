import { z } from "zod";
import { createApiKey } from "@/lib/partner/api/create-api-key";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: `npm run api-key:create -- PARTNER --stage test|production --name NAME

  Prints a key of the partner API, once: it is stored as a hash.`,
  options: { stage: { type: "string" }, name: { type: "string" } },
  words: ["partner"],
  input: z.strictObject({
    partner: z.string(),
    stage: z.enum(["test", "production"]),
    name: z.string().trim().min(1).max(120),
  }),
  run: async (context, input) => say(await createApiKey(context, input)),
});
