import { and, eq } from "drizzle-orm";
import { specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { DraftContent } from "@/lib/catalogue/draft/schema";
import { candidateOf } from "@/lib/catalogue/draft/to-content";
import { judgeChange } from "@/lib/catalogue/integration/judge-change";
import { readContent } from "@/lib/catalogue/integration/read-content";
import {
  type ChangeVerdict,
  type SpecificationContent,
  specificationContent,
} from "@/lib/catalogue/integration/schema";
import { getConnector } from "@/lib/connectors/registry";

type Of = { id: string; connector: string };

/** What a content means for those who accepted the published version; null when there is none, or when both say the same. */
export async function judgeAgainstPublished(
  tx: ScopedTransaction<"partner">,
  { id, connector }: Of,
  content: SpecificationContent,
): Promise<ChangeVerdict | null> {
  const [published] = await tx
    .select({ content: specifications.content })
    .from(specifications)
    .where(and(eq(specifications.integrationId, id), eq(specifications.state, "published")));
  return published
    ? judgeChange(readContent(published.content), content, getConnector(connector).manifest.rights)
    : null;
}

/** The same of a draft; null too while it is unfinished. */
export async function judgeDraftAgainstPublished(
  tx: ScopedTransaction<"partner">,
  integration: Of,
  draft: DraftContent,
): Promise<ChangeVerdict | null> {
  const read = specificationContent.safeParse(candidateOf(draft));
  return read.success ? judgeAgainstPublished(tx, integration, read.data) : null;
}
