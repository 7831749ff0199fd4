import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { CardSection } from "@/components/ui/card";
import type { PlainFormAction } from "@/components/ui/form-state";
import type { HandedRequest } from "@/lib/people/membership/schema";

/** Requests of other accounts that were handed to the person, who sees nothing else of those. */
export function HandedList({ requests, open }: { requests: HandedRequest[]; open: PlainFormAction }) {
  const t = useTranslations("home.handed");
  return (
    <CardSection id="handed" title={t("title")} intro={t("intro")}>
      <ul className="divide-y divide-line">
        {requests.map(
          ({ draftId, integrationName, partnerName: partner, handedBy, accountName: account }) => (
            <li
              key={draftId}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 text-sm first:pt-1 last:pb-0"
            >
              <div className="grid min-w-0 gap-0.5">
                <p className="font-medium">{integrationName}</p>
                <p className="wrap-anywhere text-ink-soft">{t("at", { partner, handedBy, account })}</p>
              </div>
              <form action={open}>
                <input type="hidden" name="draftId" value={draftId} />
                <button type="submit" className={buttonClass("secondary", "small")}>
                  {t("resume")}
                </button>
              </form>
            </li>
          ),
        )}
      </ul>
    </CardSection>
  );
}
