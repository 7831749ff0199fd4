import { z } from "zod";
import { rotateEvidenceKey } from "@/lib/connection/evidence/evidence-keys";
import { runCommandLine, say } from "./command/run-command-line";

await runCommandLine({
  usage: `npm run evidence:rotate                            puts a new key in the place of the one that signs documents, signed by it
npm run evidence:rotate -- --stolen-since TIME     the same, and names since when the old key may be somebody else's too
npm run evidence:rotate -- --new-root              only when the old key is lost: the new one signs itself

The worker may run. See docs/operations/evidence.md.`,
  options: { "new-root": { type: "boolean" }, "stolen-since": { type: "string" } },
  input: z.strictObject({
    "new-root": z.boolean().default(false),
    "stolen-since": z.iso.datetime({ offset: true }).optional(),
  }),
  run: async (context, given) => {
    const since = given["stolen-since"];
    const kid = await rotateEvidenceKey(context, {
      isNewRoot: given["new-root"],
      distrustedSince: since === undefined ? null : new Date(since),
    });
    say(`Documents are signed by the key ${kid} from now on.`);
    if (given["new-root"])
      say(
        "It is a first key: tell those who verify documents its fingerprint, since the former one leads no further.",
      );
  },
});
