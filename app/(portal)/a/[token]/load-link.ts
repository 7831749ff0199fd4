import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { countLinkGuess } from "@/lib/catalogue/integration/link-guesses";
import { findLink, type LinkFinding } from "@/lib/catalogue/integration/queries";
import { sha256 } from "@/lib/core/hash";
import { getReaderLocale } from "@/lib/platform/i18n/reader-locale";
import { inScope } from "@/lib/platform/web-database";

/** What a link leads to, asked once a request. An unknown one is counted and is a 404. */
export const loadLink = cache(async (token: string): Promise<LinkFinding> => {
  const locale = await getReaderLocale();
  const finding = await inScope({ kind: "public", linkHash: sha256(token) }, (tx) =>
    findLink(tx, token, locale),
  );
  if (finding.kind === "dead" && finding.view.why === "unknown") {
    await countLinkGuess(await headers());
    notFound();
  }
  return finding;
});
