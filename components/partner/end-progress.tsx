import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CardSection } from "@/components/ui/card";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { END_PROGRESS, type EndedView } from "@/lib/partner/monitoring/schema";
import { EndedCompany } from "./end-connections";

type Props = {
  ended: EndedView;
  hrefs: { list: string; request: (id: string) => string };
  live: ReactNode;
};

const TONES = { asked: "info", stopped: "info", left_to_customer: "warning", closed: "success" } as const;

/** How far an end of one or many connections has come, connection by connection. */
export function EndProgress({ ended, hrefs, live }: Props) {
  const t = useTranslations("partner.end.progress");
  const { connections } = ended;
  const counts = END_PROGRESS.map((progress) => ({
    progress,
    count: connections.filter((one) => one.progress === progress).length,
  })).filter(({ count }) => count > 0);
  return (
    <>
      <div className="grid gap-3">
        <p className="flex flex-wrap items-center justify-between gap-3 text-sm">
          <TextLink href={hrefs.list}>{t("back")}</TextLink>
          {live}
        </p>
        <PageHeading title={t("title", { count: connections.length })}>
          {t.rich("intro", { time: () => <Time at={ended.askedAt} /> })}
          {ended.reason && (
            <span className="block wrap-anywhere">{t("reason", { reason: ended.reason })}</span>
          )}
        </PageHeading>
        <p className="flex flex-wrap gap-2">
          {counts.map(({ progress, count }) => (
            <StatusPill key={progress} tone={TONES[progress]}>
              {t(`counts.${progress}`, { count })}
            </StatusPill>
          ))}
        </p>
      </div>
      <CardSection id="connections" title={t("connections")}>
        <ul className="divide-y divide-line text-sm">
          {connections.map((one) => (
            <li
              key={one.id}
              className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5 py-2.5 first:pt-0 last:pb-0"
            >
              <TextLink href={hrefs.request(one.requestId)}>
                <EndedCompany connection={one} />
              </TextLink>
              <StatusPill tone={TONES[one.progress]}>{t(`states.${one.progress}`)}</StatusPill>
            </li>
          ))}
        </ul>
      </CardSection>
    </>
  );
}
