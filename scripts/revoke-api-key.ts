import { z } from "zod";
import { revokeApiKey } from "@/lib/partner/api/revoke-api-key";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: `npm run api-key:revoke -- PARTNER PREFIX

  PREFIX  the first 8 characters of the key`,
  words: ["partner", "prefix"],
  input: z.strictObject({ partner: z.string(), prefix: z.string().length(8) }),
  run: async (context, input) => {
    await revokeApiKey(context, input);
    say("The key is revoked: calls with it are answered 401 from now on.");
  },
});
