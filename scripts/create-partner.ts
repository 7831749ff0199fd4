import { createPartner } from "@/lib/catalogue/integration/create-partner";
import { newPartner } from "@/lib/catalogue/integration/schema";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: `npm run partner:create -- SLUG --name NAME --notifyEmail EMAIL

  SLUG   lower-case letters, digits and dashes; other commands name the partner by it
  EMAIL  is told of requests that wait for the partner's decision`,
  options: { name: { type: "string" }, notifyEmail: { type: "string" } },
  words: ["slug"],
  input: newPartner,
  run: async (context, partner) => {
    await createPartner(context, partner);
    say(`Partner "${partner.slug}" is there. Next: npm run integration:import -- FILE`);
  },
});
