import { useTranslations } from "next-intl";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import { ConnectionPill } from "./connection-pill";

type Props = { connection: ConnectionDetails; homeHref: string };

/** The company, the integration and how they stand. */
export function ConnectionHeading({ connection, homeHref }: Props) {
  const t = useTranslations();
  return (
    <div className="grid gap-3">
      <TextLink href={homeHref} className="justify-self-start text-sm">
        {t("connectionPage.toHome")}
      </TextLink>
      <PageHeading title={connection.environmentName}>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <ConnectionPill connection={connection} />
          <span>
            {t("connectionPage.of", {
              integration: connection.integrationName,
              connector: connection.connectorName,
            })}
          </span>
        </p>
      </PageHeading>
    </div>
  );
}
