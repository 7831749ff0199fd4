import { FileUp, PackageOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { ListRow } from "@/components/home/list-row";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { RelativeTime, Time } from "@/components/ui/time";
import type { ComparisonView } from "@/lib/connection/comparison/schema";
import type { DayCount, DeliveryView, EntityState, InboxGroup } from "@/lib/connection/delivery/schema";
import type { ImportState } from "@/lib/connection/import/schema";
import { Comparisons } from "./comparisons";
import { DayChart } from "./day-chart";
import { Inbox } from "./inbox";
import { OutcomeCounts } from "./outcome-counts";
import { DELIVERY_TONES } from "./outcome-looks";
import { useEntityWords } from "./use-entity-words";

type DeliveriesView = {
  connection: {
    id: string;
    company: string;
    connector: { id: string; name: string };
    partnerName: string;
    isLive: boolean;
  };
  /** Entities that the accepted version may write, whether or not anything was sent. */
  offered: readonly string[];
  entities: readonly EntityState[];
  imports: readonly { id: string; fileName: string; rowCount: number; state: ImportState }[];
  inbox: readonly InboxGroup[];
  days: readonly DayCount[];
  today: string;
  deliveries: readonly DeliveryView[];
  moreHref: string | null;
  comparisons: readonly ComparisonView[];
};

type Props = {
  view: DeliveriesView;
  giveVerdict: FormAction;
  rowsHref(group: InboxGroup): string;
  hrefs: {
    connection: string;
    fields: string;
    delivery: (id: string) => string;
    import: (entity: string) => string;
    settings: (entity: string) => string;
    comparison: (id: string) => string;
  };
};

const SOON_SECONDS = 2;
const LATER_SECONDS = 15;

function Entities({ view, hrefs }: Pick<Props, "view" | "hrefs">) {
  const t = useTranslations("deliveries.entities");
  const { connection, offered, entities } = view;
  const words = useEntityWords(connection.connector.id);
  const names = [...new Set([...offered, ...entities.map(({ entity }) => entity)])];
  return (
    <CardSection id="entities" title={t("title")}>
      {names.length === 0 && (
        <p className="text-sm text-ink-soft">{t("none", { connector: connection.connector.name })}</p>
      )}
      <ul className="divide-y divide-line">
        {names.map((entity) => {
          const state = entities.find((one) => one.entity === entity);
          const canSend = offered.includes(entity) && connection.isLive;
          return (
            <li
              key={entity}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0"
            >
              <div className="grid min-w-0 gap-0.5 text-sm">
                <h3 className="font-medium">{words.name(entity)}</h3>
                <p className="flex flex-wrap gap-x-3 text-ink-soft">
                  {state === undefined && <span>{t("never")}</span>}
                  {state?.lastWrittenAt && (
                    <span>
                      {t.rich("lastWritten", {
                        time: () => <RelativeTime at={state.lastWrittenAt ?? ""} />,
                      })}
                    </span>
                  )}
                  {state && state.underWay > 0 && <span>{t("underWay", { count: state.underWay })}</span>}
                  {state && state.inInbox > 0 && (
                    <span className="font-medium text-warning-text">
                      {t("inInbox", { count: state.inInbox })}
                    </span>
                  )}
                </p>
              </div>
              {canSend && (
                <div className="flex flex-wrap gap-2">
                  <LinkButton href={hrefs.settings(entity)} variant="quiet" size="small">
                    {t("settings")}
                  </LinkButton>
                  <LinkButton href={hrefs.import(entity)} variant="secondary" size="small">
                    <FileUp aria-hidden className="size-4" />
                    {t("import")}
                  </LinkButton>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </CardSection>
  );
}

function Latest({ view, hrefs }: Pick<Props, "view" | "hrefs">) {
  const t = useTranslations("deliveries.list");
  const { connection, deliveries, moreHref } = view;
  const words = useEntityWords(connection.connector.id);
  return (
    <CardSection id="latest" title={t("title")}>
      {deliveries.length === 0 ? (
        <p className="flex items-center gap-2 text-sm text-ink-soft">
          <PackageOpen aria-hidden className="size-4" />
          {t("none")}
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {deliveries.map(({ id, entity, door, state, rowCount, counts, createdAt }) => (
            <ListRow
              key={id}
              href={hrefs.delivery(id)}
              title={words.name(entity)}
              detail={
                <span className="flex flex-wrap gap-x-3">
                  <Time at={createdAt} />
                  {rowCount !== null && <span>{t("rows", { count: rowCount })}</span>}
                  <span>{t(`door.${door}`, { partner: connection.partnerName })}</span>
                </span>
              }
              status={
                <>
                  <StatusPill tone={DELIVERY_TONES[state]}>{t(`state.${state}`)}</StatusPill>
                  <OutcomeCounts counts={counts} onlyTrouble />
                </>
              }
            />
          ))}
        </ul>
      )}
      {moreHref && (
        <div className="pt-3">
          <LinkButton href={moreHref} variant="secondary" size="small">
            {t("more")}
          </LinkButton>
        </div>
      )}
    </CardSection>
  );
}

/** What is written to the vendor for a company, how it went, and what needs the customer. */
export function DeliveriesPage({ view, giveVerdict, rowsHref, hrefs }: Props) {
  const t = useTranslations("deliveries");
  const { connection, deliveries, entities, imports, inbox, days, today } = view;
  const isBusy =
    imports.some(({ state }) => state === "waiting") ||
    // What began between two questions of this page is in the later one alone.
    deliveries.some(({ state }) => state === "collecting" || state === "queued") ||
    entities.some(({ underWay }) => underWay > 0);
  return (
    <div className="grid gap-6">
      <RefreshEvery seconds={isBusy ? SOON_SECONDS : LATER_SECONDS} />
      <div className="grid gap-3">
        <TextLink href={hrefs.connection} className="justify-self-start text-sm">
          {t("toConnection")}
        </TextLink>
        <PageHeading title={t("title")}>
          {t("intro", { connector: connection.connector.name, company: connection.company })}
        </PageHeading>
      </div>
      {imports.map(({ id, fileName, rowCount, state }) => (
        <Alert key={id} tone={state === "refused" ? "danger" : "info"} role="status">
          {state === "refused"
            ? t("imports.refused", { file: fileName })
            : t("imports.waiting", { file: fileName, count: rowCount })}
        </Alert>
      ))}
      <Inbox
        connectionId={connection.id}
        connector={connection.connector}
        groups={inbox}
        giveVerdict={giveVerdict}
        rowsHref={rowsHref}
        fieldsHref={view.offered.length > 0 ? hrefs.fields : null}
      />
      <Entities view={view} hrefs={hrefs} />
      <Comparisons
        connector={connection.connector}
        comparisons={view.comparisons}
        csvHref={hrefs.comparison}
      />
      <DayChart counts={days} today={today} />
      <Latest view={view} hrefs={hrefs} />
    </div>
  );
}
