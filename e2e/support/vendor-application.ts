import { readFileSync } from "node:fs";
import { z } from "zod";
import { homeFile } from "./demo";

const secretsFile = z.looseObject({ sandboxApplicationKey: z.string(), sandboxSubscriptionKey: z.string() });

/** What PowerOffice Go's stand-in gave the demo's partner, and the secondary key of the same subscription. */
export function readGoSecrets(): { applicationKey: string; subscriptionKey: string; secondaryKey: string } {
  const read = secretsFile.parse(JSON.parse(readFileSync(homeFile("secrets.json"), "utf8")));
  return {
    applicationKey: read.sandboxApplicationKey,
    subscriptionKey: read.sandboxSubscriptionKey,
    secondaryKey: `${read.sandboxSubscriptionKey}-secondary`,
  };
}
