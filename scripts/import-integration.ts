import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { integrationFile } from "@/lib/catalogue/integration/import-file";
import { importIntegration } from "@/lib/catalogue/integration/import-integration";
import { runCommandLine, say } from "./command/run-command-line";

const secretsObject = z.record(z.string(), z.string().trim().min(1));

/** A JSON object on standard input: what stands on a command line is seen by every user of the machine. */
async function readSecrets(): Promise<Record<string, string>> {
  if (process.stdin.isTTY) say("Type the secrets as one JSON object, then Ctrl-D.");
  return secretsObject.parse(parseJson(await text(process.stdin), "standard input"));
}

/** The parser's own message would quote what it read. */
function parseJson(content: string, what: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new Error(`${what} is no JSON`);
  }
}

await runCommandLine({
  usage: `npm run integration:import -- FILE [--secrets]

  FILE       JSON, as docs/guides/publishing-an-integration.md describes it
  --secrets  reads the vendor's secrets from standard input, as {"name": "value"}; needed the first time`,
  options: { secrets: { type: "boolean" } },
  words: ["file"],
  input: z.strictObject({ file: z.string(), secrets: z.boolean().default(false) }),
  run: async (context, { file, secrets }) => {
    const parsed = integrationFile.parse(parseJson(await readFile(file, "utf8"), file));
    const { version, isNewVersion, sealed } = await importIntegration(
      context,
      parsed,
      secrets ? await readSecrets() : {},
    );
    say(`Integration "${parsed.slug}": version ${version} is published${isNewVersion ? "" : ", as before"}.`);
    if (sealed.length > 0) say(`Sealed: ${sealed.join(", ")}.`);
    say(`Tell the vendor this return address: ${context.publicUrl}/connect/${parsed.slug}/return`);
    say(`Next: npm run link:create -- ${parsed.slug} --label "Our website"`);
  },
});
