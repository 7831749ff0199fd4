import { z } from "zod";
import { createLink } from "@/lib/catalogue/integration/create-link";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: `npm run link:create -- INTEGRATION --label LABEL [--expires DATE]

  INTEGRATION  its slug
  LABEL        what the partner tells its links apart by
  DATE         like 2027-01-31: the link works up to the end of that day, UTC`,
  options: { label: { type: "string" }, expires: { type: "string" } },
  words: ["integration"],
  input: z.strictObject({
    integration: z.string(),
    label: z.string().trim().min(1).max(120),
    expires: z.iso.date().optional(),
  }),
  run: async (context, { integration, label, expires }) => {
    const expiresAt = expires ? new Date(`${expires}T23:59:59.999Z`) : null;
    if (expiresAt && expiresAt <= new Date()) throw new Error(`${expires} is over already`);
    say((await createLink(context, { integration, label, expiresAt })).href);
  },
});
