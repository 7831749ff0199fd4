import { eq } from "drizzle-orm";
import { partners, vendorApplications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { draftFromContent } from "@/lib/catalogue/draft/from-content";
import { type JsonPlaces, locateJson } from "@/lib/catalogue/draft/locate-json";
import type { DraftContent } from "@/lib/catalogue/draft/schema";
import { candidateOf } from "@/lib/catalogue/draft/to-content";
import { integrationFile } from "@/lib/catalogue/integration/import-file";
import { AppError } from "@/lib/core/app-error";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { findDraft } from "./begin-draft";
import { getOwnIntegration } from "./find-integration";
import type { FileFault } from "./schema";

export type ReadDraftFile = { kind: "read"; content: DraftContent } | { kind: "faulty"; faults: FileFault[] };

/** The draft as the file of `integration:import`, with the client id and settings of its vendor application, and no secret. */
export async function writeDraftFile(
  tx: ScopedTransaction<"partner">,
  member: PartnerMember,
  slug: string,
): Promise<string> {
  const integration = await getOwnIntegration(tx, member, slug);
  const draft = await findDraft(tx, integration.id);
  if (!draft) throw new AppError("not_found", "draft");
  const [partner] = await tx
    .select({ slug: partners.slug })
    .from(partners)
    .where(eq(partners.id, member.partnerId));
  const [application] = await tx
    .select()
    .from(vendorApplications)
    .where(eq(vendorApplications.id, integration.vendorApplicationId));
  const { connector, stage, isListed, kind } = integration;
  const file = {
    partner: partner?.slug,
    slug,
    connector,
    stage,
    listed: isListed,
    kind,
    application: { clientId: application?.clientId, settings: application?.settings ?? {} },
    content: candidateOf(draft.content),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Reads the content of such a file for a draft of an integration of `connector`. Partner, slug and application of the file are
 * left aside. What is wrong is named by the way to it and its line.
 */
export function readDraftFile(text: string, connector: string): ReadDraftFile {
  const located = locateJson(text);
  if ("fault" in located) return { kind: "faulty", faults: [{ path: "", ...located.fault }] };
  const read = integrationFile.safeParse(located.value);
  if (!read.success)
    return {
      kind: "faulty",
      faults: read.error.issues.map(({ path, message }) => ({
        line: lineOf(located.places, path.map(String)),
        path: path.map(String).join("."),
        message,
      })),
    };
  if (read.data.connector !== connector)
    return {
      kind: "faulty",
      faults: [
        {
          line: lineOf(located.places, ["connector"]),
          path: "connector",
          message: `this integration is for ${connector}`,
        },
      ],
    };
  return { kind: "read", content: draftFromContent(read.data.content) };
}

/** The line of a value, or of the nearest thing around it when it is missing. */
function lineOf(places: JsonPlaces, path: readonly string[]): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const line = places.get(path.slice(0, length).join("."));
    if (line !== undefined) return line;
  }
  return null;
}
