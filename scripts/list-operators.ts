import { z } from "zod";
import { listOperators } from "@/lib/people/operator/queries";
import { asSystem } from "@/lib/platform/worker-context";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: "npm run operator:list",
  input: z.strictObject({}),
  run: async (context) => {
    const operators = await asSystem(context, "operator:list", listOperators);
    if (operators.length === 0) return say("There is none yet: npm run operator:create -- EMAIL");
    for (const { email, since } of operators) say(`${email}  since ${since.toISOString().slice(0, 10)}`);
  },
});
