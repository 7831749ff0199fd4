import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { RelativeTime } from "@/components/ui/time";
import type { DraftSummary } from "@/lib/account/schema";
import type { HomeHrefs } from "./home-hrefs";

function DraftRow({ draft, hrefs }: { draft: DraftSummary; hrefs: HomeHrefs }) {
  const t = useTranslations("home.drafts");
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 text-sm first:pt-1 last:pb-0">
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium">{draft.integrationName}</p>
        <p className="text-ink-soft">
          {t.rich("at", {
            partner: draft.partnerName,
            step: t(`step.${draft.step}`),
            time: () => <RelativeTime at={draft.updatedAt} />,
          })}
        </p>
      </div>
      {draft.linkToken ? (
        <LinkButton href={hrefs.draft(draft.linkToken, draft.step)} variant="secondary" size="small">
          {t("resume")}
        </LinkButton>
      ) : (
        <p className="text-ink-soft">{t("linkGone")}</p>
      )}
    </li>
  );
}

/** Activations that were begun and not submitted. */
export function DraftList({ drafts, hrefs }: { drafts: DraftSummary[]; hrefs: HomeHrefs }) {
  const t = useTranslations("home.drafts");
  return (
    <CardSection id="drafts" title={t("title")} intro={t("intro")}>
      <ul className="divide-y divide-line">
        {drafts.map((draft) => (
          <DraftRow key={`${draft.linkToken} ${draft.integrationName}`} draft={draft} hrefs={hrefs} />
        ))}
      </ul>
    </CardSection>
  );
}
