import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { Time } from "@/components/ui/time";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import type { OwnOffboardingView } from "@/lib/connection/offboarding/schema";

type Props = { connection: ConnectionDetails; offboarding: OwnOffboardingView; certificateHref: string };

/** The record: what was done and when, from the asking to the end. */
export function OffboardingRecord({ connection, offboarding, certificateHref }: Props) {
  const certificate = useTranslations("evidence.certificate");
  const t = useTranslations("connectionPage.record");
  const { askedBy, askedByEmail, reason } = offboarding;
  const asker = {
    by: askedByEmail ? askedBy : askedBy === "customer" ? "colleague" : askedBy,
    email: askedByEmail ?? "",
    partner: connection.partnerName,
  };
  return (
    <CardSection
      id="record"
      title={t("title")}
      intro={t("intro")}
      aside={
        <LinkButton href={certificateHref} variant="secondary" size="small">
          {certificate("link")}
        </LinkButton>
      }
    >
      <ol className="grid gap-3 border-l-2 border-line pl-4 text-sm">
        {offboarding.steps.map(({ kind, at }) => (
          <li key={kind} className="grid gap-0.5">
            <span className="font-medium">
              {kind === "asked"
                ? t("steps.asked", asker)
                : t(`steps.${kind}`, { connector: connection.connectorName })}
            </span>
            {kind === "asked" && reason && <span className="wrap-anywhere">{t("reason", { reason })}</span>}
            <span className="text-ink-soft">
              <Time at={at} />
            </span>
          </li>
        ))}
      </ol>
    </CardSection>
  );
}
