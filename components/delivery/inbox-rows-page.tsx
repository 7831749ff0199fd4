import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { RelativeTime } from "@/components/ui/time";
import type { InboxGroupKey, InboxRow } from "@/lib/connection/delivery/schema";
import { useCauseWords } from "./use-cause-words";

type Props = {
  connector: { id: string; name: string };
  group: InboxGroupKey;
  rows: readonly InboxRow[];
  hrefs: { inbox: string; row(rowId: string): string; more: string | null };
};

/** The rows of one cause, each of which can be looked at. */
export function InboxRowsPage({ connector, group, rows, hrefs }: Props) {
  const t = useTranslations("deliveries");
  const words = useCauseWords(connector)(group);
  return (
    <div className="grid gap-6">
      <div className="grid gap-3">
        <TextLink href={hrefs.inbox} className="justify-self-start text-sm">
          {t("row.toInbox")}
        </TextLink>
        <PageHeading title={words.title}>{words.fix}</PageHeading>
      </div>
      <CardSection id="rows" title={t("row.rows")}>
        {rows.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("row.none")}</p>
        ) : (
          <ul className="divide-y divide-line">
            {rows.map(({ id, position, since, isBeingWorkedOn }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
                <div className="grid gap-0.5">
                  <TextLink href={hrefs.row(id)}>{t("row.position", { position })}</TextLink>
                  <p className="text-sm text-ink-soft">
                    {t.rich("inbox.since", { time: () => <RelativeTime at={since} /> })}
                  </p>
                </div>
                {isBeingWorkedOn && <StatusPill tone="info">{t("row.beingWorkedOn")}</StatusPill>}
              </li>
            ))}
          </ul>
        )}
        {hrefs.more && (
          <div className="border-t border-line pt-3">
            <LinkButton href={hrefs.more} variant="secondary" size="small">
              {t("row.more")}
            </LinkButton>
          </div>
        )}
      </CardSection>
    </div>
  );
}
