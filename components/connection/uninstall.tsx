import { useTranslations } from "next-intl";
import { useVendorWords } from "@/components/flow/use-vendor-words";
import { GuideLink } from "@/components/guide/guide-link";
import { ListRow } from "@/components/home/list-row";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { ConnectionView } from "@/lib/connection/lifecycle/schema";
import type { Uninstalled } from "@/lib/connection/offboarding/schema";
import { CONNECTION_LOOKS } from "./connection-states";

/** The account's connections of the integration, newest first; `isWhole`: there are no others. */
export type ConnectionsToEnd = { email: string; connections: ConnectionView[]; isWhole: boolean };

type Props = {
  uninstalled: Uninstalled;
  /** null when nobody is signed in. */
  toEnd: ConnectionsToEnd | null;
  hrefs: { signIn: string; home: string; connection(id: string): string };
};

/** Where a vendor leads an administrator who removes the integration there: what happens, and what is left to do here. */
export function Uninstall({ uninstalled, toEnd, hrefs }: Props) {
  const t = useTranslations("uninstall");
  const { connector, integrationName } = uninstalled;
  const words = useVendorWords(connector.id, "uninstall");
  const deactivate = useTranslations("connectionPage.deactivate")("title");
  const values = { integration: integrationName, connector: connector.name, deactivate };
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title", values)}>
        <p>{t("intro")}</p>
        <p className="pt-1 text-sm">
          <GuideLink connector={connector} />
        </p>
      </PageHeading>
      <CardSection id="happens" title={t("happens.title")}>
        <ul className="grid list-disc gap-1.5 pl-5 text-sm marker:text-ink-soft">
          {(["unchanged", "ended", "data"] as const).map((key) => (
            <li key={key}>{words(`happens.${key}`, values)}</li>
          ))}
        </ul>
      </CardSection>
      <CardSection id="steps" title={t("steps.title")}>
        <ol className="grid list-decimal gap-1.5 pl-5 text-sm marker:text-ink-soft">
          {(["here", "atVendor"] as const).map((key) => (
            <li key={key}>{words(`steps.${key}`, values)}</li>
          ))}
        </ol>
        {toEnd === null && (
          <div className="grid justify-items-start gap-2 pt-4">
            <LinkButton href={hrefs.signIn} size="large">
              {t("signIn.button")}
            </LinkButton>
            <p className="text-sm text-ink-soft">{t("signIn.help")}</p>
          </div>
        )}
      </CardSection>
      {toEnd && <Connections uninstalled={uninstalled} toEnd={toEnd} hrefs={hrefs} />}
    </div>
  );
}

function Connections({ uninstalled, toEnd, hrefs }: Props & { toEnd: ConnectionsToEnd }) {
  const t = useTranslations();
  const title = t("uninstall.connections.title", { integration: uninstalled.integrationName });
  if (toEnd.connections.length === 0) {
    return (
      <CardSection id="connections" title={title}>
        <p className="text-sm">{t("uninstall.connections.none", { email: toEnd.email })}</p>
        <TextLink href={hrefs.home} className="text-sm">
          {t("uninstall.connections.home")}
        </TextLink>
      </CardSection>
    );
  }
  return (
    <CardSection id="connections" title={title}>
      <ul className="divide-y divide-line">
        {toEnd.connections.map((connection) => (
          <ListRow
            key={connection.id}
            href={hrefs.connection(connection.id)}
            title={connection.environmentName}
            detail={t.rich("uninstall.connections.detail", {
              integration: connection.integrationName,
              connector: connection.connectorName,
              time: () => <Time at={connection.activeSince} precision="date" />,
            })}
            status={
              <StatusPill {...CONNECTION_LOOKS[connection.state]}>
                {t(`states.connection.${connection.state}`)}
              </StatusPill>
            }
          />
        ))}
      </ul>
      {!toEnd.isWhole && (
        <p className="pt-3 text-sm">
          {t("uninstall.connections.more")}{" "}
          <TextLink href={hrefs.home}>{t("uninstall.connections.home")}</TextLink>
        </p>
      )}
    </CardSection>
  );
}
