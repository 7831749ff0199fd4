import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { PageHeading } from "@/components/ui/page-heading";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { OwnOffboardingView } from "@/lib/connection/offboarding/schema";

type Props = { connectorName: string; offboarding: OwnOffboardingView; backHref: string };

/** What is proven of an end so far and what is awaited, while no certificate can be signed. */
export function CertificateNotYet({ connectorName: connector, offboarding, backHref }: Props) {
  const t = useTranslations("evidence.certificate");
  const { steps, probedUntil, outcome } = offboarding;
  const isClosed = outcome !== null;
  return (
    <div className="grid gap-6">
      <RefreshEvery seconds={isClosed ? 2 : 15} />
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
      </PageHeading>
      <Alert tone="info" role="status" title={t(isClosed ? "notYet.signing" : "notYet.title")}>
        {!isClosed && (
          <>
            <p>{t("notYet.proven")}</p>
            <ul className="list-disc py-1 pl-5">
              {steps.map(({ kind, at }) => (
                <li key={kind}>
                  {t(`steps.${kind}`, { connector })} (<Time at={at} />)
                </li>
              ))}
            </ul>
            <p>
              {t.rich("notYet.awaited", {
                connector,
                time: () => (probedUntil ? <Time at={probedUntil} precision="date" /> : null),
              })}
            </p>
          </>
        )}
      </Alert>
      <TextLink href={backHref} className="justify-self-start text-sm">
        {t("back")}
      </TextLink>
    </div>
  );
}
