import { useTranslations } from "next-intl";
import { VendorAnswerDetails } from "@/components/flow/status/vendor-answer-details";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Spinner } from "@/components/ui/spinner";
import { SubmitButton } from "@/components/ui/submit-button";
import { RelativeTime, Time } from "@/components/ui/time";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import { CUSTOMER_STEPS } from "@/lib/connection/offboarding/rules";
import type { OwnOffboardingView } from "@/lib/connection/offboarding/schema";
import { describeEnd, type EndSituation } from "./describe-end";

type Props = { connection: ConnectionDetails; offboarding: OwnOffboardingView; probeKey: FormAction };

/** Situations in which something is, or may be, left to do in the vendor system. */
const WITH_STEPS: readonly EndSituation[] = [
  "left",
  "refused",
  "given_up",
  "still_works",
  "not_proven",
  "shared",
];

/** What is left in the vendor system, in its menus' own names. */
function StepsLeft({ connection }: { connection: ConnectionDetails }) {
  const t = useTranslations();
  const own = `leftToCustomer.${connection.connectorId}`;
  const base = t.has(`${own}.remove`) ? own : "leftToCustomer.other";
  const values = {
    connector: connection.connectorName,
    integration: connection.integrationName,
    username: connection.technicalUserName,
  };
  return (
    <ol className="grid list-decimal gap-1.5 pl-5">
      {CUSTOMER_STEPS.map((step) => (
        <li key={step}>{t(`${base}.${step}`, values)}</li>
      ))}
    </ol>
  );
}

/** When the old key is tried, what the last try showed, and the button for one right now. */
function Probing({ connection, offboarding, probeKey }: Props) {
  const t = useTranslations("connectionPage.end.probe");
  const { lastProbe, probedUntil } = offboarding;
  const connector = connection.connectorName;
  if (!probedUntil) return null;
  return (
    <div className="grid gap-3 border-t border-line pt-4">
      <div aria-live="polite" className="grid gap-1">
        <p className="text-ink-soft">
          {t.rich("until", { connector, time: () => <Time at={probedUntil} precision="date" /> })}
        </p>
        {offboarding.isBusy ? (
          <Spinner>{t("underWay", { connector })}</Spinner>
        ) : (
          lastProbe && (
            <p>
              {t.rich(`last.${lastProbe.result}`, {
                connector,
                time: () => <RelativeTime at={lastProbe.at} />,
              })}
            </p>
          )
        )}
      </div>
      <ActionForm
        action={probeKey}
        hidden={{ connectionId: connection.id }}
        className="grid justify-items-start gap-3"
      >
        <FormError />
        <SubmitButton
          variant="secondary"
          size="small"
          pendingLabel={t("pending")}
          disabled={offboarding.isBusy}
        >
          {t("now")}
        </SubmitButton>
      </ActionForm>
    </div>
  );
}

/** How far the end of the connection has come, and what is left to do. */
export function OffboardingCard(props: Props) {
  const { connection, offboarding } = props;
  const t = useTranslations("connectionPage.end");
  const situation = describeEnd(offboarding);
  const values = {
    connector: connection.connectorName,
    integration: connection.integrationName,
    partner: connection.partnerName,
  };
  return (
    <CardSection id="end" title={t(`${situation}.title`, values)}>
      <div className="grid gap-4 text-sm">
        <p className="max-w-prose">{t(`${situation}.body`, values)}</p>
        {offboarding.removalAnswer && (
          <VendorAnswerDetails answer={offboarding.removalAnswer} connectorName={connection.connectorName} />
        )}
        {WITH_STEPS.includes(situation) && offboarding.key !== "removed" && (
          <StepsLeft connection={connection} />
        )}
        {situation !== "pending" && <Probing {...props} />}
      </div>
    </CardSection>
  );
}
