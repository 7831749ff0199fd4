"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Alert } from "@/components/ui/alert";
import type { FormAction } from "@/components/ui/form-state";
import { langOf } from "@/components/ui/lang-of";
import { PageHeading } from "@/components/ui/page-heading";
import { Paragraphs } from "@/components/ui/paragraphs";
import { TextLink } from "@/components/ui/text-link";
import { RelativeTime, Time } from "@/components/ui/time";
import type { RequestView } from "@/lib/activation/request/schema";
import { LanguageNote } from "../specification/language-note";
import { useLiveRequest } from "../status/use-live-request";
import { PartnerForm } from "./partner-form";
import { PartnerPage } from "./partner-page";

type Props = {
  request: RequestView;
  /** Gets `requestId` and every field by its name. */
  submitForm: FormAction;
  /** Address of the route that mints a code and answers with the partner's page; posted to from a new tab. */
  openPageUrl: string;
  /** The request's status page. */
  statusHref: string;
};

/** What the partner asks for before it decides. The page follows the server: nothing is concluded from the other tab. */
export function PartnerStepsStep({ request, submitForm, openPageUrl, statusHref }: Props) {
  const t = useTranslations("partnerSteps");
  const { view } = useLiveRequest(request);
  const router = useRouter();
  const isStillAsked =
    view.state === "awaiting_partner" && !(view.partnerSteps.kind === "form" && view.isPartnerStepDone);
  useEffect(() => {
    if (!isStillAsked) router.replace(statusHref);
  }, [isStillAsked, router, statusHref]);
  const { partnerSteps } = view;
  const language = view.languages.partnerSteps;
  if (partnerSteps.kind === "none") return null;
  return (
    <>
      <PageHeading title={<span lang={langOf(language)}>{partnerSteps.title}</span>}>
        <div lang={langOf(language)}>
          <Paragraphs text={partnerSteps.intro} />
        </div>
        <LanguageNote language={language} />
      </PageHeading>
      {view.deadlineAt && (
        <Alert tone="info" role="note">
          {t.rich(partnerSteps.kind === "form" ? "answerUntil" : "deadline", {
            partner: view.partnerName,
            time: () => <Time at={view.deadlineAt ?? ""} />,
            left: () => <RelativeTime at={view.deadlineAt ?? ""} tense="future" />,
          })}
        </Alert>
      )}
      {partnerSteps.kind === "form" ? (
        <PartnerForm
          requestId={view.id}
          partnerName={view.partnerName}
          fields={partnerSteps.fields}
          language={language}
          submitForm={submitForm}
        />
      ) : (
        <PartnerPage
          view={view}
          pageHost={new URL(partnerSteps.url).host}
          openPageUrl={openPageUrl}
          statusHref={statusHref}
        />
      )}
      <TextLink href={statusHref} className="justify-self-start text-sm">
        {t("toStatus")}
      </TextLink>
    </>
  );
}
