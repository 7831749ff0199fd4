import { z } from "zod";
import { withdrawLink } from "@/lib/catalogue/integration/withdraw-link";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: `npm run link:withdraw -- ADDRESS

  ADDRESS  the link as it was printed; whoever opens it reads that it was withdrawn`,
  words: ["address"],
  input: z.strictObject({ address: z.string() }),
  run: async (context, { address }) => {
    await withdrawLink(context, address);
    say("The link is withdrawn. Requests that were submitted through it go on.");
  },
});
