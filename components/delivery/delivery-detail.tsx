import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { DeliveryView } from "@/lib/connection/delivery/schema";
import { OutcomeCounts } from "./outcome-counts";
import { DELIVERY_TONES } from "./outcome-looks";
import { useEntityWords } from "./use-entity-words";

type Props = { delivery: DeliveryView; connectorId: string; hrefs: { list: string; inbox: string } };

const UNDER_WAY = ["collected", "queued", "sending"] as const;
const NEEDS_YOU = ["incomplete", "rejected", "waiting", "unknown"] as const;

/** One delivery: how far it is, and what became of its rows. */
export function DeliveryDetail({ delivery, connectorId, hrefs }: Props) {
  const t = useTranslations("deliveries");
  const words = useEntityWords(connectorId);
  const { counts, rowCount, state } = delivery;
  const count = rowCount ?? 0;
  const sum = (states: readonly (keyof typeof counts)[]) =>
    states.reduce((total, one) => total + (counts[one] ?? 0), 0);
  const done = count - sum(UNDER_WAY);
  return (
    <div className="grid gap-6">
      {sum(UNDER_WAY) > 0 && <RefreshEvery seconds={2} />}
      <div className="grid gap-3">
        <TextLink href={hrefs.list} className="justify-self-start text-sm">
          {t("detail.toList")}
        </TextLink>
        <PageHeading title={t("detail.title")}>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <StatusPill tone={DELIVERY_TONES[state]}>{t(`list.state.${state}`)}</StatusPill>
            <span>
              {t.rich("detail.of", {
                entity: words.name(delivery.entity),
                count,
                time: () => <Time at={delivery.createdAt} />,
              })}
            </span>
          </p>
        </PageHeading>
      </div>
      <CardSection id="outcome" title={t("detail.outcome")}>
        <div className="grid gap-3">
          {count > 0 && (
            <>
              <svg
                role="progressbar"
                aria-label={t("detail.outcome")}
                aria-valuemin={0}
                aria-valuemax={count}
                aria-valuenow={done}
                viewBox={`0 0 ${count} 1`}
                preserveAspectRatio="none"
                className="h-2 w-full rounded-full bg-sunken"
              >
                <rect width={done} height={1} className="fill-accent" />
              </svg>
              <p className="text-sm text-ink-soft" aria-live="polite">
                {t("detail.progress", { done, count })}
              </p>
            </>
          )}
          <p className="flex flex-wrap gap-1.5">
            <OutcomeCounts counts={counts} />
          </p>
          {sum(UNDER_WAY) > 0 && <p className="text-sm text-ink-soft">{t("detail.underWay")}</p>}
          {sum(NEEDS_YOU) > 0 && (
            <div>
              <LinkButton href={hrefs.inbox} variant="secondary" size="small">
                {t("detail.needsYou")}
              </LinkButton>
            </div>
          )}
        </div>
      </CardSection>
    </div>
  );
}
