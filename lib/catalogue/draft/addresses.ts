import { cleanLine } from "@/lib/core/outside-text";
import type { DraftContent, DraftPath } from "./schema";

/** Longer ones are refused by the content's own rules before anybody calls them. */
const LONGEST_ADDRESS = 500;

/** The web addresses that customers are led to, with where they stand. Those that are none are left out. */
export function listAddresses(draft: DraftContent): { path: DraftPath; address: string }[] {
  const { terms, privacyPolicy, dataProcessingAgreement: processing, partnerSteps: steps } = draft;
  const written: [DraftPath, string][] = [
    ["privacyPolicy.url", privacyPolicy.source === "address" ? privacyPolicy.url : ""],
    ["support.url", draft.support.url],
    ["price.priceListUrl", draft.price.kind === "known" ? draft.price.priceListUrl : ""],
    ["terms.url", terms.source === "address" ? terms.url : ""],
    ["dataProcessingAgreement.url", processing?.source === "address" ? processing.url : ""],
    ["partnerSteps.url", steps.kind === "page" ? steps.url : ""],
    ...(steps.kind === "form" ? steps.fields : []).map(({ type, url }, index): [DraftPath, string] => [
      `partnerSteps.fields.${index}.url`,
      type === "accept" ? url : "",
    ]),
  ];
  return written
    .map(([path, address]) => ({ path, address: cleanLine(address) }))
    .filter(
      ({ address }) =>
        address.length <= LONGEST_ADDRESS &&
        URL.canParse(address) &&
        /^https?:$/.test(new URL(address).protocol),
    );
}
