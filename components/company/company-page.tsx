import { useTranslations } from "next-intl";
import { ConfirmSeveral } from "@/components/connection/confirm-several";
import { ListRow } from "@/components/home/list-row";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { isLacking, isMoving } from "@/lib/operations/company/rules";
import type { CompanyCell, CompanyDetails, UsedIntegration } from "@/lib/operations/company/schema";
import type { BulkActions } from "./bulk-bar";
import { CELL_LOOKS } from "./cell-looks";
import { CellPill } from "./cell-pill";
import { StartPlan } from "./start-plan";

type Hrefs = {
  home: string;
  connection: (connectionId: string) => string;
  request: (requestId: string) => string;
  company: (companyId: string) => string;
  /** The history before a cursor. */
  older: (cursor: string) => string;
};

type Props = { details: CompanyDetails; actions: BulkActions; hrefs: Hrefs };

/** What is under way changes by itself. */
const REFRESH_SECONDS = 15;

function IntegrationRow({
  cell,
  integration,
  companyId,
  actions,
  hrefs,
}: { cell: CompanyCell; integration: UsedIntegration; companyId: string } & Omit<Props, "details">) {
  const t = useTranslations("company");
  const bulk = useTranslations("companies.bulk");
  const { since } = cell;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 text-sm first:pt-1 last:pb-0">
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium wrap-anywhere">
          {cell.connectionId ? (
            <TextLink href={hrefs.connection(cell.connectionId)}>{integration.name}</TextLink>
          ) : (
            integration.name
          )}
        </p>
        <p className="text-ink-soft">
          {t("by", { partner: integration.partnerName })}
          {since && (
            <>
              {" · "}
              {t.rich("since", { time: () => <Time at={since} precision="date" /> })}
            </>
          )}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <CellPill cell={cell} hrefs={hrefs} />
        {cell.canCheck && cell.connectionId && (
          <ActionForm action={actions.checkConnections} hidden={{ connectionIds: cell.connectionId }}>
            <FormError />
            <SubmitButton variant="secondary" size="small" pendingLabel={bulk("checking")}>
              {bulk("check")}
            </SubmitButton>
          </ActionForm>
        )}
        {isLacking(cell.state) && integration.linkToken && (
          <StartPlan
            action={actions.startPlan}
            integrationId={integration.id}
            companyId={companyId}
            pendingLabel={t("pending")}
            variant="secondary"
            size="small"
          >
            {t("activate")}
          </StartPlan>
        )}
      </div>
    </li>
  );
}

/** What has been asked for in the company, and what became of it. */
function History({ details, hrefs }: Pick<Props, "details" | "hrefs">) {
  const t = useTranslations("company");
  const cells = useTranslations("companies.cell");
  const { history, historyNextCursor } = details;
  return (
    <CardSection id="history" title={t("history")}>
      <ul className="divide-y divide-line">
        {history.map(({ activationId, requestId, integrationName, state, stepsLeft, submittedAt }) => (
          <ListRow
            key={activationId}
            href={hrefs.request(requestId)}
            title={integrationName}
            detail={t.rich("historyDetail", { time: () => <Time at={submittedAt} /> })}
            status={<StatusPill {...CELL_LOOKS[state]}>{cells(state, { count: stepsLeft })}</StatusPill>}
          />
        ))}
      </ul>
      {historyNextCursor && (
        <div className="pt-3">
          <LinkButton href={hrefs.older(historyNextCursor)} variant="secondary" size="small">
            {t("older")}
          </LinkButton>
        </div>
      )}
    </CardSection>
  );
}

function Siblings({ details, hrefs }: Pick<Props, "details" | "hrefs">) {
  const t = useTranslations();
  return (
    <CardSection id="siblings" title={t("company.siblings")}>
      <ul className="divide-y divide-line">
        {details.siblings.map(({ id, name, connectorName, stage }) => (
          <ListRow
            key={id}
            href={hrefs.company(id)}
            title={name}
            detail={stage === "test" ? `${connectorName} · ${t("companies.test")}` : connectorName}
          />
        ))}
      </ul>
    </CardSection>
  );
}

/** One company with everything of it. */
export function CompanyPage({ details, actions, hrefs }: Props) {
  const t = useTranslations();
  const { company, integrations } = details;
  const endable = company.cells.flatMap(({ canEnd, connectionId, integrationId }) => {
    const name = integrations.find(({ id }) => id === integrationId)?.name;
    return canEnd && connectionId ? [{ id: connectionId, label: `${company.name}: ${name}` }] : [];
  });
  return (
    <div className="grid gap-6">
      {company.cells.some(({ state }) => isMoving(state)) && <RefreshEvery seconds={REFRESH_SECONDS} />}
      <div className="grid gap-3">
        <TextLink href={hrefs.home} className="justify-self-start text-sm">
          {t("company.toHome")}
        </TextLink>
        <PageHeading title={company.name}>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            {company.businessId && <span>{t("company.businessId", { id: company.businessId })}</span>}
            <span>{t("company.in", { connector: company.connector.name, id: company.externalId })}</span>
            {company.stage === "test" && <StatusPill tone="neutral">{t("companies.test")}</StatusPill>}
          </p>
        </PageHeading>
      </div>
      <CardSection id="integrations" title={t("company.integrations")}>
        <ul className="divide-y divide-line">
          {company.cells.map((cell) => {
            const integration = integrations.find(({ id }) => id === cell.integrationId);
            return (
              integration && (
                <IntegrationRow
                  key={cell.integrationId}
                  cell={cell}
                  integration={integration}
                  companyId={company.id}
                  actions={actions}
                  hrefs={hrefs}
                />
              )
            );
          })}
        </ul>
      </CardSection>
      {details.siblings.length > 0 && <Siblings details={details} hrefs={hrefs} />}
      {details.history.length > 0 && <History details={details} hrefs={hrefs} />}
      {endable.length > 0 && (
        <CardSection id="deactivate" title={t("company.deactivate")} intro={t("company.deactivateIntro")}>
          <ConfirmSeveral connections={endable} action={actions.deactivateConnections} />
        </CardSection>
      )}
    </div>
  );
}
