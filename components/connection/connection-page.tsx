import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { UsedAfterEnd } from "@/components/evidence/used-after-end";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { RefreshEvery } from "@/components/ui/refresh-every";
import type { ExportOffer } from "@/lib/connection/export/schema";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import type { OwnOffboardingView } from "@/lib/connection/offboarding/schema";
import type { PreparationView } from "@/lib/connection/preparation/schema";
import { AttentionCard } from "./attention-card";
import { CheckCard } from "./check-card";
import { CheckedRights } from "./checked-rights";
import { ConnectionFacts } from "./connection-facts";
import { ConnectionHeading } from "./connection-heading";
import { DeactivateCard } from "./deactivate-card";
import { ExportCard } from "./export-card";
import { type HoldActions, HoldButtons, HoldNotes } from "./hold-card";
import { OffboardingCard } from "./offboarding-card";
import { OffboardingRecord } from "./offboarding-record";
import { type PreparationActions, PreparationCard } from "./preparation-card";

type ConnectionActions = {
  /** Gets `connectionId`. */
  checkConnection: FormAction;
  /** Gets `connectionIds` and `reason`. */
  deactivateConnections: FormAction;
  /** Gets `connectionId`. */
  probeKey: FormAction;
  holds: HoldActions;
  preparation: PreparationActions;
  /** Gets `connectionId`. */
  makeExport: FormAction;
};

type ConnectionHrefs = {
  home: string;
  request: string;
  link: string;
  pasteKey: string | null;
  certificate: string;
  /** The page of the company with everything of it. */
  company: string | null;
  /** Where a version is accepted that waits for the account; null: none does. */
  update: string | null;
  /** null: the accepted version writes nothing, and nothing was ever written. */
  deliveries: string | null;
  /** null: the accepted version takes no files, or the installation has no sFTP server. */
  files: string | null;
};

type Props = {
  connection: ConnectionDetails;
  offboarding: OwnOffboardingView | null;
  /** null: the connector makes nothing ready. */
  preparation: PreparationView | null;
  /** null: this installation gives out no exports. */
  exportOffer: ExportOffer | null;
  actions: ConnectionActions;
  hrefs: ConnectionHrefs;
  timeline: ReactNode;
  /** Written records that the vendor no longer has, or has with another total. */
  differing: number;
};

const SOON_SECONDS = 2;
const LATER_SECONDS = 15;

function PauseCard({ connection, actions }: { connection: ConnectionDetails; actions: HoldActions }) {
  const t = useTranslations("connectionHold.card");
  return (
    <CardSection id="pause" title={t("title")} intro={t("intro", { connector: connection.connectorName })}>
      <HoldButtons connection={connection} side="customer" actions={actions} />
    </CardSection>
  );
}

type DeliveriesProps = { connection: ConnectionDetails; href: string; differing: number };

function DeliveriesCard({ connection, href, differing }: DeliveriesProps) {
  const t = useTranslations("deliveries.card");
  return (
    <CardSection
      id="deliveries"
      title={t("title")}
      intro={t("intro", { connector: connection.connectorName, partner: connection.partnerName })}
    >
      <div className="grid justify-items-start gap-3">
        {differing > 0 && (
          <Alert tone="warning" role="note">
            {t("differing", { count: differing, connector: connection.connectorName })}
          </Alert>
        )}
        <LinkButton href={href} variant="secondary" size="small">
          {t("open")}
        </LinkButton>
      </div>
    </CardSection>
  );
}

function FilesCard({ connection, href }: { connection: ConnectionDetails; href: string }) {
  const t = useTranslations("sftp.card");
  return (
    <CardSection id="files" title={t("title")} intro={t("intro", { connector: connection.connectorName })}>
      <LinkButton href={href} variant="secondary" size="small">
        {t("open")}
      </LinkButton>
    </CardSection>
  );
}

function UpdateNote({ partner, href }: { partner: string; href: string }) {
  const t = useTranslations("updates.connection");
  return (
    <Alert
      tone="warning"
      role="note"
      title={t("title")}
      action={
        <LinkButton href={href} size="small">
          {t("link")}
        </LinkButton>
      }
    >
      <p>{t("body", { partner })}</p>
    </Alert>
  );
}

/** One connection: how it is, what it may do, and how it ends. */
export function ConnectionPage(props: Props) {
  const { connection, offboarding, preparation, exportOffer, actions, hrefs, timeline } = props;
  const isMakingExport = exportOffer?.current?.state === "making";
  const isSettled = !connection.isBeingChecked && (preparation === null || preparation.state === "ready");
  const isOver = offboarding === null ? isSettled : offboarding.outcome !== null;
  const isBusy = isMakingExport || connection.isBeingChecked || preparation?.isBusy || offboarding?.isBusy;
  return (
    <div className="grid gap-6">
      {(!isOver || isMakingExport) && <RefreshEvery seconds={isBusy ? SOON_SECONDS : LATER_SECONDS} />}
      <ConnectionHeading connection={connection} homeHref={hrefs.home} />
      <HoldNotes connection={connection} side="customer" lift={actions.holds.lift} />
      {connection.attention && (
        <AttentionCard connection={connection} cause={connection.attention} hrefs={hrefs} />
      )}
      {hrefs.update && <UpdateNote partner={connection.partnerName} href={hrefs.update} />}
      {offboarding ? (
        <>
          <UsedAfterEnd keyUse={offboarding.keyUse} connection={connection} />
          <OffboardingCard connection={connection} offboarding={offboarding} probeKey={actions.probeKey} />
          <OffboardingRecord
            connection={connection}
            offboarding={offboarding}
            certificateHref={hrefs.certificate}
          />
        </>
      ) : (
        <>
          {preparation && (
            <PreparationCard
              connection={connection}
              preparation={preparation}
              actions={actions.preparation}
            />
          )}
          <CheckCard connection={connection} checkConnection={actions.checkConnection} />
          <CheckedRights connection={connection} />
        </>
      )}
      {hrefs.deliveries && (
        <DeliveriesCard connection={connection} href={hrefs.deliveries} differing={props.differing} />
      )}
      {hrefs.files && <FilesCard connection={connection} href={hrefs.files} />}
      <ConnectionFacts connection={connection} requestHref={hrefs.request} companyHref={hrefs.company} />
      {connection.canDeactivate && <PauseCard connection={connection} actions={actions.holds} />}
      {exportOffer && (connection.canDeactivate || exportOffer.current) && (
        <ExportCard
          connection={connection}
          offer={exportOffer}
          makeExport={connection.canDeactivate ? actions.makeExport : null}
        />
      )}
      {connection.canDeactivate && (
        <DeactivateCard
          connection={connection}
          exportOffer={exportOffer}
          removable={preparation?.removable ?? []}
          deactivateConnections={actions.deactivateConnections}
        />
      )}
      {timeline}
    </div>
  );
}
