import { useTranslations } from "next-intl";
import { GuideLink } from "@/components/guide/guide-link";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { Spinner } from "@/components/ui/spinner";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PreflightView } from "@/lib/activation/preflight/schema";
import { EnvironmentFindings } from "./environment-findings";

type Props = {
  view: PreflightView;
  linkToken: string;
  connector: { id: string; name: string };
  partnerName: string;
  /** Gets `linkToken`. */
  checkAgain: FormAction;
};

/** Whether the environments have what the integration needs, with what to do where they do not. */
export function PreflightCard({ view, linkToken, connector, partnerName, checkAgain }: Props) {
  const t = useTranslations("preflight");
  const { environments, isRunning, isBlocked } = view;
  const values = { connector: connector.name };
  const waiting = environments.filter(({ state }) => state === "waiting").length;
  // What needs a person comes first; what is fine is told by a line for all.
  const wanting = environments.filter(({ state }) => state !== "fine" && state !== "waiting");
  const shown = environments.filter((one) => wanting.includes(one) || (one.foreseen?.length ?? 0) > 0);
  const isForeseen = shown.some(({ foreseen }) => foreseen !== null);
  const help = wanting.flatMap(({ findings }) => findings)[0]?.code;
  return (
    <CardSection id="preflight" title={t("title", values)} intro={t("intro", values)}>
      <div className="grid gap-4 text-sm">
        {isRunning && <RefreshEvery seconds={2} />}
        <div role="status">
          {isRunning && <Spinner className="font-medium">{t("running", { count: waiting })}</Spinner>}
          {!isRunning && (
            <p className="font-medium">{t(summaryOf(isBlocked, wanting.length, isForeseen), values)}</p>
          )}
        </div>
        {shown.length > 0 && (
          <ul className="divide-y divide-line border-y border-line">
            {shown.map((environment) => (
              <EnvironmentFindings
                key={environment.candidateId}
                environment={environment}
                connector={connector}
                partnerName={partnerName}
              />
            ))}
          </ul>
        )}
        {!isRunning && (
          <ActionForm action={checkAgain} hidden={{ linkToken }} className="grid justify-items-start gap-3">
            <FormError />
            <SubmitButton variant="secondary" pendingLabel={t("againPending")}>
              {t("again")}
            </SubmitButton>
            {help && <GuideLink connector={connector} helpWith={help} />}
          </ActionForm>
        )}
      </div>
    </CardSection>
  );
}

function summaryOf(isBlocked: boolean, wanting: number, isForeseen: boolean) {
  if (isBlocked) return "blocked";
  if (wanting > 0) return "warned";
  return isForeseen ? "fineForeseen" : "fine";
}
