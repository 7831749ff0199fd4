import { Link2, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { ListRow } from "@/components/home/list-row";
import { PagedList } from "@/components/operator/paged-list";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { Select } from "@/components/ui/select";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import type { LinkKind } from "@/lib/catalogue/link/schema";
import type { LinkRow } from "@/lib/partner/link/schema";
import type { IntegrationChoice } from "@/lib/partner/organization/schema";
import { LINK_TONES } from "./link-states";

type Props = {
  kind: LinkKind;
  rows: LinkRow[];
  integrations: IntegrationChoice[];
  /** The integration that the list is narrowed to. */
  chosen: string | null;
  mayManage: boolean;
  hrefs: { self: string; link: (id: string) => string; make: string; other: string; more: string | null };
};

function Row({ link, href }: { link: LinkRow; href: string }) {
  const t = useTranslations("partnerLinks");
  const stages = useTranslations("partner.stages");
  const { label, integrationName, stage, createdAt, expiresAt, uses, campaign, state, kind } = link;
  return (
    <ListRow
      href={href}
      title={label}
      detail={
        <>
          {t.rich("row", {
            integration: integrationName,
            stage: stages(stage === "production" ? "production" : "test"),
            uses,
            time: () => <Time at={createdAt} precision="date" />,
          })}
          {expiresAt &&
            state === "live" &&
            t.rich("until", { time: () => <Time at={expiresAt} precision="date" /> })}
          {campaign && <span className="block wrap-anywhere">{campaign}</span>}
        </>
      }
      status={
        <StatusPill tone={LINK_TONES[state]}>
          {t(kind === "session" ? `sessionStates.${state}` : `states.${state}`)}
        </StatusPill>
      }
    />
  );
}

function Filter({ integrations, chosen, href }: Pick<Props, "integrations" | "chosen"> & { href: string }) {
  const t = useTranslations("partnerLinks");
  const stages = useTranslations("partner.stages");
  return (
    <form key={chosen} action={href} className="flex flex-wrap items-end gap-2">
      <div className="grid min-w-0 gap-1">
        <label htmlFor="integration" className="text-xs font-medium text-ink-soft">
          {t("filter")}
        </label>
        <Select id="integration" name="integration" defaultValue={chosen ?? ""}>
          <option value="">{t("any")}</option>
          {integrations.map(({ id, name, stage }) => (
            <option key={id} value={id}>
              {name} ({stages(stage === "production" ? "production" : "test")})
            </option>
          ))}
        </Select>
      </div>
      <Button type="submit" variant="secondary" size="small">
        {t("show")}
      </Button>
    </form>
  );
}

/** Links to share, or those for one customer each. */
export function LinkList({ kind, rows, integrations, chosen, mayManage, hrefs }: Props) {
  const t = useTranslations("partnerLinks");
  const isSession = kind === "session";
  const make = mayManage && (
    <LinkButton href={hrefs.make}>
      <Plus aria-hidden className="size-4" />
      {t(isSession ? "newSession" : "new")}
    </LinkButton>
  );
  return (
    <>
      <PageHeading
        title={t(isSession ? "sessionsTitle" : "title")}
        aside={
          <>
            <LinkButton href={hrefs.other} variant="secondary">
              {t(isSession ? "toLinks" : "toSessions")}
            </LinkButton>
            {rows.length > 0 && make}
          </>
        }
      >
        <p>{t(isSession ? "sessionsIntro" : "intro")}</p>
      </PageHeading>
      {integrations.length > 1 && (rows.length > 0 || chosen) && (
        <Filter integrations={integrations} chosen={chosen} href={hrefs.self} />
      )}
      <PagedList
        rows={rows}
        renderRow={(link) => <Row key={link.id} link={link} href={hrefs.link(link.id)} />}
        empty={
          <EmptyState icon={Link2} title={t(isSession ? "emptySessions.title" : "empty.title")} action={make}>
            <p>{chosen ? t("empty.filtered") : t(isSession ? "emptySessions.body" : "empty.body")}</p>
          </EmptyState>
        }
        more={hrefs.more ? { href: hrefs.more, label: t("older") } : null}
      />
    </>
  );
}
