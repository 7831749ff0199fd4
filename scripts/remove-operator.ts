import { z } from "zod";
import { signInAddress } from "@/lib/people/auth/schema";
import { removeOperator } from "@/lib/people/operator/remove-operator";
import { asSystem } from "@/lib/platform/worker-context";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: "npm run operator:remove -- EMAIL",
  words: ["email"],
  input: z.strictObject({ email: signInAddress }),
  run: async (context, { email }) => {
    const wasOne = await asSystem(context, "operator:remove", (tx) => removeOperator(tx, email));
    say(
      wasOne
        ? `${email} is no operator any more, from the next page on.`
        : `${email} was no operator. Nothing was changed.`,
    );
  },
});
