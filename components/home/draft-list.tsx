import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { RelativeTime } from "@/components/ui/time";
import type { DraftSummary } from "@/lib/operations/home/schema";
import type { HomeHrefs } from "./home-hrefs";

type RowProps = { draft: DraftSummary; hrefs: HomeHrefs; discardDraft: FormAction };

function DiscardDraft({ draft, discardDraft }: Pick<RowProps, "draft" | "discardDraft">) {
  const t = useTranslations("home.drafts.discard");
  return (
    <ConfirmDialog
      trigger={t("open")}
      triggerVariant="quiet"
      triggerSize="small"
      title={t("title")}
      description={t("body", { integration: draft.integrationName })}
      keepLabel={t("keep")}
      confirmLabel={t("confirm")}
      pendingLabel={t("pending")}
      action={discardDraft}
      hidden={{ draftId: draft.id }}
    />
  );
}

function DraftRow({ draft, hrefs, discardDraft }: RowProps) {
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
      <div className="flex w-full flex-row-reverse flex-wrap items-center justify-between gap-2 sm:w-auto sm:flex-row">
        <DiscardDraft draft={draft} discardDraft={discardDraft} />
        <LinkButton href={hrefs.draft(draft.linkToken, draft.step)} variant="secondary" size="small">
          {t("resume")}
        </LinkButton>
      </div>
    </li>
  );
}

type Props = Omit<RowProps, "draft"> & { drafts: DraftSummary[] };

/** Activations that were begun and not submitted. */
export function DraftList({ drafts, ...rest }: Props) {
  const t = useTranslations("home.drafts");
  return (
    <CardSection id="drafts" title={t("title")} intro={t("intro")}>
      <ul className="divide-y divide-line">
        {drafts.map((draft) => (
          <DraftRow key={draft.id} draft={draft} {...rest} />
        ))}
      </ul>
    </CardSection>
  );
}
