import { z } from "zod";
import { emailAddress } from "@/lib/core/written-text";
import { removeOperator } from "@/lib/people/operator/remove-operator";
import { asSystem } from "@/lib/platform/worker-context";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: "npm run operator:remove -- EMAIL",
  words: ["email"],
  input: z.strictObject({ email: emailAddress }),
  run: async (context, { email }) => {
    const wasOne = await asSystem(context, "operator:remove", (tx) => removeOperator(tx, email));
    say(
      wasOne
        ? `${email} is no operator any more, from the next page on.`
        : `${email} was no operator. Nothing was changed.`,
    );
  },
});
