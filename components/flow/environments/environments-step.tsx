import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { PageHeading } from "@/components/ui/page-heading";
import type { EnvironmentOption, EnvironmentsView } from "@/lib/activation/draft/schema";
import { HandOverLink } from "../hand-over/hand-over-link";
import { PastedCompany } from "../pasted-key/pasted-company";
import { ConsentExpired } from "./consent-expired";
import { ConsentNeeded } from "./consent-needed";
import { ConsentReading } from "./consent-reading";
import { ConsentedEnvironments } from "./consented-environments";
import { EnvironmentPicker } from "./environment-picker";
import type { EnvironmentsActions } from "./environments-actions";
import { HandedPick } from "./handed-pick";
import { NoEnvironments } from "./no-environments";
import { WithoutKey } from "./without-key";

type Props = {
  view: EnvironmentsView;
  actions: EnvironmentsActions;
  /** Absolute address of the activation link, to hand on. */
  shareUrl: string;
  /** null for a guest. */
  handOverHref: string | null;
};

function CurrentConsent({ view, actions, shareUrl, handOverHref }: Props) {
  const { consent, options } = view;
  if (consent.state === "needed") return <ConsentNeeded view={view} beginConsent={actions.beginConsent} />;
  if (consent.state === "reading")
    return <ConsentReading connectorName={view.connectorName} vendorAnswer={consent.vendorAnswer} />;
  if (consent.state === "expired") return <ConsentExpired view={view} beginConsent={actions.beginConsent} />;
  if (consent.isOneOfSeveral) return <ConsentedEnvironments view={view} actions={actions} />;
  if (view.isHanded) return <HandedPick view={view} actions={actions} />;
  if (!options.some((option) => option.blocked === null)) {
    return (
      <NoEnvironments
        view={view}
        beginConsent={actions.beginConsent}
        shareUrl={shareUrl}
        handOverHref={handOverHref}
      />
    );
  }
  const [grantId = ""] = consent.grantIds;
  return <EnvironmentPicker key={grantId} grantId={grantId} view={view} actions={actions} />;
}

/** The one company of a pasted key, when it can be activated. */
function findPasted({ consent, options }: EnvironmentsView): EnvironmentOption | null {
  const isPasted = consent.state === "open" && consent.keysFrom === "customer";
  return (isPasted && options.find(({ blocked }) => blocked === null)) || null;
}

export function EnvironmentsStep(props: Props) {
  const t = useTranslations("environments");
  const pasted = props.view.isHanded ? null : findPasted(props.view);
  if (pasted) {
    const { selectEnvironments } = props.actions;
    return <PastedCompany view={props.view} option={pasted} selectEnvironments={selectEnvironments} />;
  }
  const { integrationName, connectorId, connectorName, consent } = props.view;
  const isOneOfSeveral = consent.state === "open" && consent.isOneOfSeveral;
  return (
    <>
      <PageHeading title={isOneOfSeveral ? t("several.title") : t("title")}>
        <p>
          {isOneOfSeveral
            ? t("several.intro", { integration: integrationName, connector: connectorName })
            : t("intro", { integration: integrationName, connector: connectorName })}
        </p>
      </PageHeading>
      {consent.state === "open" && (
        <WithoutKey names={consent.withoutKey} connectorId={connectorId} connectorName={connectorName} />
      )}
      {props.view.consentOfColleague !== null && (
        <Alert
          tone="warning"
          role="note"
          title={t("colleague.title", { email: props.view.consentOfColleague })}
        >
          {t("colleague.body", { connector: connectorName })}
        </Alert>
      )}
      <CurrentConsent {...props} />
      <HandOverLink href={props.handOverHref} connectorName={connectorName} />
    </>
  );
}
