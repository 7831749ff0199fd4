import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Time } from "@/components/ui/time";
import type { OwnOffboardingView } from "@/lib/connection/offboarding/schema";

type Props = {
  keyUse: OwnOffboardingView["keyUse"];
  connection: { connectorName: string; partnerName: string; environmentName: string };
};

/** Says that the connection was used although it had ended: later than the certificate, which cannot know of it. */
export function UsedAfterEnd({ keyUse, connection }: Props) {
  const t = useTranslations("evidence.usedAfterEnd");
  if (!keyUse) return null;
  const values = {
    connector: connection.connectorName,
    partner: connection.partnerName,
    company: connection.environmentName,
  };
  return (
    <Alert tone="danger" role="note" title={t(`title.${keyUse.kind}`, values)}>
      <p>{t.rich(`body.${keyUse.kind}`, { ...values, time: () => <Time at={keyUse.at} isZoned /> })}</p>
    </Alert>
  );
}
