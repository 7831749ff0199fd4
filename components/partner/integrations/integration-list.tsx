import { Blocks, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import type { IntegrationListItem } from "@/lib/partner/specification/schema";
import { SUBMISSION_TONES } from "./submission-tones";

type Props = { base: string; integrations: IntegrationListItem[]; mayEdit: boolean };

function Item({ item, href }: { item: IntegrationListItem; href: string }) {
  const t = useTranslations("integrations.item");
  const stages = useTranslations("partner.stages");
  const { publishedVersion, submission, hasUnsentChanges, savedAt } = item;
  return (
    <li>
      <Link
        href={href}
        className="grid gap-2 px-4 py-4 hover:bg-sunken sm:flex sm:items-center sm:justify-between sm:gap-6 sm:px-6"
      >
        <span className="grid min-w-0 gap-0.5">
          <span className="font-medium wrap-anywhere">{item.name}</span>
          <span className="text-sm text-ink-soft wrap-anywhere">
            {item.connectorName} ({stages(item.stage)})
            {savedAt && <>, {t.rich("edited", { time: () => <Time at={savedAt} /> })}</>}
          </span>
        </span>
        <span className="flex flex-wrap gap-1.5 sm:justify-end">
          <StatusPill tone={publishedVersion === null ? "neutral" : "success"}>
            {publishedVersion === null ? t("unpublished") : t("published", { version: publishedVersion })}
          </StatusPill>
          {submission && submission !== "withdrawn" && (
            <StatusPill tone={SUBMISSION_TONES[submission]}>{t(submission)}</StatusPill>
          )}
          {hasUnsentChanges && <StatusPill tone="info">{t("changes")}</StatusPill>}
        </span>
      </Link>
    </li>
  );
}

/** The partner's integrations, and how far each is. */
export function IntegrationList({ base, integrations, mayEdit }: Props) {
  const t = useTranslations("integrations");
  const create = mayEdit ? (
    <LinkButton href={`${base}/new`}>
      <Plus aria-hidden className="size-4" />
      {t("new.open")}
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHeading title={t("title")} aside={integrations.length > 0 && create}>
        <p>{t("intro")}</p>
      </PageHeading>
      {integrations.length === 0 ? (
        <EmptyState icon={Blocks} title={t("empty.title")} action={create}>
          <p>{t(mayEdit ? "empty.body" : "empty.reader")}</p>
        </EmptyState>
      ) : (
        <Card className="overflow-hidden">
          <ul className="divide-y divide-line">
            {integrations.map((item) => (
              <Item key={item.slug} item={item} href={`${base}/${item.slug}`} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
