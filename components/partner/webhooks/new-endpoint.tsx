import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { PageHeading } from "@/components/ui/page-heading";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { EndpointFields } from "./endpoint-fields";
import { type SecretAction, SecretForm } from "./secret-form";

/** Makes an endpoint, and shows its secret once. */
export function NewEndpoint({ create, backHref }: { create: SecretAction; backHref: string }) {
  const t = useTranslations("partnerWebhooks");
  const stages = useTranslations("partner.stages");
  return (
    <>
      <div className="grid gap-3">
        <TextLink href={backHref} className="justify-self-start text-sm">
          {t("back")}
        </TextLink>
        <PageHeading title={t("form.newTitle")}>
          <p>{t("form.newIntro")}</p>
        </PageHeading>
      </div>
      <Card className="px-4 py-5 sm:px-6">
        <SecretForm action={create} className="grid gap-5" isOnce>
          <Field name="stage" label={t("form.stage")} isRequired>
            <Select>
              {(["test", "production"] as const).map((stage) => (
                <option key={stage} value={stage}>
                  {stages(stage)}
                </option>
              ))}
            </Select>
          </Field>
          <EndpointFields given={null} />
          <div>
            <SubmitButton pendingLabel={t("form.pending")}>{t("form.submitNew")}</SubmitButton>
          </div>
        </SecretForm>
      </Card>
    </>
  );
}
