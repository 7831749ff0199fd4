import { z } from "zod";
import { emailAddress } from "@/lib/core/written-text";
import { addOperator } from "@/lib/people/operator/add-operator";
import { asSystem } from "@/lib/platform/worker-context";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: `npm run operator:create -- EMAIL

  The person signs in by e-mail as everybody does, and finds /operator in the menu.`,
  words: ["email"],
  input: z.strictObject({ email: emailAddress }),
  run: async (context, { email }) => {
    const isNew = await asSystem(context, "operator:create", (tx) => addOperator(tx, email));
    say(
      isNew
        ? `${email} is an operator now: sign in and open ${context.publicUrl}/operator`
        : `${email} was an operator already. Nothing was changed.`,
    );
  },
});
