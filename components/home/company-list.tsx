import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { type BulkActions, BulkBar, type BulkCompany } from "@/components/company/bulk-bar";
import { SelectionProvider, TickAll } from "@/components/company/selection";
import { StartPlan } from "@/components/company/start-plan";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { TextLink } from "@/components/ui/text-link";
import { MAX_ENDED_AT_ONCE } from "@/lib/connection/offboarding/schema";
import { isLacking, isMoving } from "@/lib/operations/company/rules";
import type { CompanyFilter, CompanyPage, UsedIntegration } from "@/lib/operations/company/schema";
import { CompanyFilterForm } from "./company-filter";
import { CompanyTable } from "./company-table";
import type { HomeHrefs } from "./home-hrefs";

type Props = { page: CompanyPage; integrations: UsedIntegration[]; hrefs: HomeHrefs; actions: BulkActions };

/** Nobody needs to find one of so few, or to do something with them at once. */
const FEW_COMPANIES = 2;

/** What is under way changes by itself. */
const REFRESH_SECONDS = 10;

const isFiltered = ({ show, integration, vendor, q }: CompanyFilter): boolean =>
  Boolean(show ?? integration ?? vendor) || Boolean(q);

function toBulk(page: CompanyPage, shown: readonly UsedIntegration[]): BulkCompany[] {
  const names = new Map(shown.map(({ id, name }) => [id, name]));
  return page.companies.map(({ id, name, cells }) => {
    const own = cells.filter(({ integrationId }) => names.has(integrationId));
    const idsWhere = (isMeant: (cell: (typeof own)[number]) => boolean) =>
      own.flatMap((cell) => (isMeant(cell) && cell.connectionId ? [cell.connectionId] : []));
    return {
      id,
      checkable: idsWhere((cell) => cell.canCheck),
      endable: own.flatMap(({ canEnd, connectionId, integrationId }) =>
        canEnd && connectionId
          ? [{ id: connectionId, label: `${name}: ${names.get(integrationId) ?? ""}` }]
          : [],
      ),
      lacking: own.flatMap(({ state, integrationId }) => (isLacking(state) ? [integrationId] : [])),
    };
  });
}

/** The integration that the list is narrowed to, offered in all companies that lack it. */
function Lacking({ integration, actions }: { integration: UsedIntegration; actions: BulkActions }) {
  const t = useTranslations("companies.lacking");
  const { id, name, cap, partnerName, lackingCount: count, linkToken } = integration;
  if (count === 0) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg border border-accent-line bg-accent-soft px-4 py-3 text-sm">
      <div className="grid gap-0.5">
        {count !== null && <p className="font-medium">{t("title", { count, integration: name })}</p>}
        <p className="text-ink-soft">
          {linkToken ? t("body", { cap }) : t("noLink", { partner: partnerName })}
        </p>
      </div>
      {linkToken && (
        <StartPlan action={actions.startPlan} integrationId={id} pendingLabel={t("pending")}>
          {count === null ? t("buttonMany") : t("button", { count })}
        </StartPlan>
      )}
    </div>
  );
}

function NoneFound({ filter }: { filter: CompanyFilter }) {
  const t = useTranslations("companies.filter");
  const isOnlyShow = !filter.q && !filter.vendor;
  const key =
    isOnlyShow && filter.show === "needs_me"
      ? "noneNeedsMe"
      : isOnlyShow && filter.show === "not_connected" && filter.integration
        ? "noneLacks"
        : "none";
  return (
    <p role="status" className="py-6 text-center text-sm text-ink-soft">
      {t(key)}
    </p>
  );
}

/** The account's companies, and how each integration stands in each. */
export function CompanyList({ page, integrations, hrefs, actions }: Props) {
  const t = useTranslations("companies");
  const { filter, companies, found } = page;
  const chosen = integrations.find(({ id }) => id === filter.integration);
  const shown = chosen
    ? [chosen]
    : integrations.filter(({ id }) =>
        companies.some(({ cells }) => cells.some(({ integrationId }) => integrationId === id)),
      );
  const isFew = !isFiltered(filter) && !filter.after && found.count <= FEW_COMPANIES;
  const count = found.count;
  return (
    <CardSection
      id="companies"
      title={t("title")}
      intro={isFew ? undefined : t(found.isMore ? "foundMore" : "found", { count })}
      aside={
        isFew ? undefined : (
          <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
            <TextLink href={hrefs.several}>{t("several")}</TextLink>
            <a
              href={hrefs.csv(filter)}
              download
              className="inline-flex items-center gap-1.5 rounded-sm font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current"
            >
              <Download aria-hidden className="size-4" />
              {t("download")}
            </a>
          </p>
        )
      }
    >
      {companies.some(({ cells }) => cells.some(({ state }) => isMoving(state))) && (
        <RefreshEvery seconds={REFRESH_SECONDS} />
      )}
      <SelectionProvider>
        <div className="grid gap-4">
          {!isFew && (
            <CompanyFilterForm
              filter={filter}
              integrations={integrations}
              isFiltered={isFiltered(filter)}
              hrefs={hrefs}
            />
          )}
          {chosen && filter.show === "not_connected" && !filter.q && (
            <Lacking integration={chosen} actions={actions} />
          )}
          {companies.length === 0 ? (
            <NoneFound filter={filter} />
          ) : (
            <>
              {!isFew && <TickAll ids={companies.map(({ id }) => id)} />}
              <CompanyTable companies={companies} integrations={shown} hrefs={hrefs} canTick={!isFew} />
              {!isFew && (
                <BulkBar
                  companies={toBulk(page, shown)}
                  integrations={shown
                    .filter(({ linkToken }) => linkToken !== null)
                    .map(({ id, name }) => ({ id, name }))}
                  maxEnded={MAX_ENDED_AT_ONCE}
                  actions={actions}
                />
              )}
            </>
          )}
          {(page.nextCursor || filter.after) && (
            <div className="flex flex-wrap items-center gap-4">
              {page.nextCursor && (
                <LinkButton
                  href={hrefs.companies({ ...filter, after: page.nextCursor })}
                  variant="secondary"
                  size="small"
                >
                  {t("next")}
                </LinkButton>
              )}
              {filter.after && (
                <TextLink href={hrefs.companies({ ...filter, after: undefined })} className="text-sm">
                  {t("first")}
                </TextLink>
              )}
            </div>
          )}
        </div>
      </SelectionProvider>
    </CardSection>
  );
}
