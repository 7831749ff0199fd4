import { useTranslations } from "next-intl";
import type { InboxGroupKey } from "@/lib/connection/delivery/schema";
import { findCauseKey } from "./cause-key";

/** What rows of a group lack and what is to be done, the vendor's own version of the words first. */
export function useCauseWords(connector: { id: string; name: string }) {
  const t = useTranslations();
  return ({ state, cause }: Pick<InboxGroupKey, "state" | "cause">): { title: string; fix: string } => {
    if (state === "unknown")
      return {
        title: t("deliveries.inbox.lostTitle"),
        fix: t("deliveries.inbox.lostFix", { connector: connector.name }),
      };
    if (cause === null)
      return { title: t("deliveries.inbox.incompleteTitle"), fix: t("deliveries.inbox.incompleteFix") };
    const say = (part: "title" | "fix"): string => {
      const key = findCauseKey(t.has, { connectorId: connector.id, cause }, part);
      return t.has(key) ? t(key, { connector: connector.name }) : cause;
    };
    return { title: say("title"), fix: say("fix") };
  };
}
