import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { SettingsView } from "@/lib/activation/draft/schema";
import { HandOverLink } from "../hand-over/hand-over-link";
import { LanguageNote } from "../specification/language-note";
import { SettingControl } from "./setting-control";

type Props = {
  view: SettingsView;
  hrefs: { environments: string; handOver: string | null };
  /** Gets `linkToken` and every setting by the names of its controls. */
  chooseSettings: FormAction;
};

/** What the customer chooses for all environments that it picked. */
export function SettingsStep({ view, hrefs, chooseSettings }: Props) {
  const t = useTranslations("settings");
  const summary = useTranslations("technicalUser.summary");
  return (
    <>
      <PageHeading title={t("title")}>
        <p>{t("intro", { count: view.environmentCount, partner: view.partnerName })}</p>
        <p className="pt-1 text-sm">
          <TextLink href={hrefs.environments}>{summary("change")}</TextLink>
        </p>
      </PageHeading>
      <Card className="px-4 py-5 sm:px-6">
        <ActionForm
          action={chooseSettings}
          hidden={{ linkToken: view.linkToken }}
          className="grid max-w-xl gap-6"
        >
          <FormError />
          <LanguageNote language={view.language} />
          {view.settings.map((setting) => (
            <SettingControl
              key={setting.name}
              setting={setting}
              given={view.given}
              language={view.language}
            />
          ))}
          <SubmitButton
            size="large"
            pendingLabel={t("pending")}
            className="w-full sm:w-auto sm:justify-self-start"
          >
            {t("continue")}
          </SubmitButton>
        </ActionForm>
      </Card>
      <HandOverLink href={hrefs.handOver} connectorName={view.connectorName} />
    </>
  );
}
