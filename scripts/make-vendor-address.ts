import { z } from "zod";
import { makeInboundAddress } from "@/lib/connection/inbound/make-address";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: `npm run vendor:address -- INTEGRATION

  INTEGRATION  its slug

  Makes the address that the vendor sends its notices to, and prints it once. The address before it stops working.`,
  words: ["integration"],
  input: z.strictObject({ integration: z.string() }),
  run: async (context, { integration }) => say((await makeInboundAddress(context, integration)).href),
});
