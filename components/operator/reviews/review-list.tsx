import { ClipboardCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { RelativeTime } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import type { ReviewListItem } from "@/lib/partner/specification/schema";

type Props = { base: string; waiting: ReviewListItem[]; decided: ReviewListItem[] };

const TONES: Readonly<Record<string, Tone>> = {
  approved: "warning",
  rejected: "danger",
  published: "success",
};

function Item({ item, href }: { item: ReviewListItem; href: string }) {
  const t = useTranslations("reviews");
  const stages = useTranslations("partner.stages");
  const { integrationName: integration, version, partnerName: partner, connectorName: connector } = item;
  return (
    <li>
      <Link
        href={href}
        className="-mx-3 grid gap-1.5 rounded-lg px-3 py-3 text-sm hover:bg-sunken sm:flex sm:items-center sm:justify-between sm:gap-6"
      >
        <span className="grid min-w-0 gap-0.5">
          <span className="font-medium wrap-anywhere">{t("item.version", { integration, version })}</span>
          <span className="text-ink-soft wrap-anywhere">
            {t("item.of", { partner, connector, stage: stages(item.stage) })}
          </span>
        </span>
        <span className="flex flex-wrap items-center gap-2 text-ink-soft sm:justify-end">
          {item.isOwn && <StatusPill tone="neutral">{t("item.own")}</StatusPill>}
          {item.state === "in_review" ? (
            <>
              <StatusPill tone="info">
                {item.publishedVersion === null
                  ? t("item.first")
                  : t("item.update", { version: item.publishedVersion })}
              </StatusPill>
              {item.firstApproval && (
                <StatusPill tone="warning">
                  {t("item.approvedBy", { who: item.firstApproval.by || "none" })}
                </StatusPill>
              )}
              <span>{t.rich("item.waits", { time: () => <RelativeTime at={item.submittedAt} /> })}</span>
            </>
          ) : (
            <StatusPill tone={TONES[item.state] ?? "neutral"}>{t(`detail.states.${item.state}`)}</StatusPill>
          )}
        </span>
      </Link>
    </li>
  );
}

/** What waits for a review, the oldest first. */
export function ReviewList({ base, waiting, decided }: Props) {
  const t = useTranslations("reviews");
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
      </PageHeading>
      {waiting.length === 0 ? (
        <EmptyState icon={ClipboardCheck} title={t("empty.title")}>
          <p>{t("empty.body")}</p>
        </EmptyState>
      ) : (
        <CardSection id="waiting" title={t("detail.states.in_review")}>
          <ul className="divide-y divide-line">
            {waiting.map((item) => (
              <Item key={item.specificationId} item={item} href={`${base}/${item.specificationId}`} />
            ))}
          </ul>
        </CardSection>
      )}
      {decided.length > 0 && (
        <CardSection id="decided" title={t("decided")}>
          <ul className="divide-y divide-line">
            {decided.map((item) => (
              <Item key={item.specificationId} item={item} href={`${base}/${item.specificationId}`} />
            ))}
          </ul>
        </CardSection>
      )}
    </div>
  );
}
