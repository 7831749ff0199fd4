import { z } from "zod";
import { KEY_RINGS, RING_SETTING } from "@/lib/platform/seal/data-key";
import { refreshFingerprints } from "@/lib/platform/seal/refresh-fingerprints";
import { rewrapDataKeys } from "@/lib/platform/seal/rewrap-data-keys";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { runCommandLine, say } from "./command/run-command-line";

async function rewrap(context: WorkerContext): Promise<void> {
  const done = await rewrapDataKeys(context, (progress) =>
    say(`${progress.done} of ${progress.total} data keys`),
  );
  say(`Every data key is wrapped by the first key of its list now; ${done} were wrapped anew.`);
  const rings = KEY_RINGS.filter((ring) => context.keys.rings[ring].length > 1);
  for (const ring of rings) {
    const [current, ...older] = context.keys.rings[ring].map((key) => `"${key.id}"`);
    say(
      `Once every process that has ${RING_SETTING[ring]} runs with ${current} first in it, run this again. When it says that 0 ` +
        `were wrapped anew, take ${older.join(", ")} out of the list and restart them.`,
    );
  }
  if (rings.length === 0) return;
  say(
    "Keep the old key with the backups that were made before now: they open with it alone.\n" +
      "KYTKIN_HASH_KEY has nothing to do with this and stays as it is.",
  );
}

async function refresh(context: WorkerContext): Promise<void> {
  const done = await refreshFingerprints(context, (soFar) => say(`${soFar} fingerprints`));
  say(`All ${done} fingerprints are made with the present KYTKIN_HASH_KEY.`);
}

await runCommandLine({
  usage: `npm run keys:rotate                    wraps every data key by the first key of KYTKIN_KEYS or KYTKIN_GATEWAY_KEYS; the worker may run
npm run keys:rotate -- --fingerprints  makes the fingerprints anew after KYTKIN_HASH_KEY was changed; no worker may run

Whoever is interrupted runs it again; what is done stays.`,
  options: { fingerprints: { type: "boolean" } },
  input: z.strictObject({ fingerprints: z.boolean().default(false) }),
  run: (context, { fingerprints }) => (fingerprints ? refresh(context) : rewrap(context)),
});
