"use client";
import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/link-button";
import type { RequestView } from "@/lib/activation/request/schema";
import { ActivationList } from "./activation-list";
import { LiveIndicator } from "./live-indicator";
import { RequestActions, type StatusActions, type StatusHrefs } from "./request-actions";
import { RequestFacts } from "./request-facts";
import { RequestHeadline } from "./request-headline";
import { useLiveRequest } from "./use-live-request";

type Props = {
  request: RequestView;
  /** The installation has an sFTP server. */
  hasSftp: boolean;
  actions: StatusActions;
  hrefs: StatusHrefs;
};

/** The status of a request, following the server until all is settled. */
export function LiveRequest({ request, hasSftp, actions, hrefs }: Props) {
  const t = useTranslations("status");
  const { view, feed } = useLiveRequest(request);
  return (
    <>
      {feed === "signed_out" && (
        <Alert
          tone="warning"
          title={t("signedOut.title")}
          action={
            <LinkButton href={hrefs.signIn} size="small">
              {t("signedOut.signIn")}
            </LinkButton>
          }
        >
          {t("signedOut.body")}
        </Alert>
      )}
      <RequestHeadline view={view} partnerStepsHref={hrefs.partnerSteps} />
      <ActivationList view={view} hasSftp={hasSftp} indicator={<LiveIndicator feed={feed} />} />
      <RequestActions view={view} actions={actions} hrefs={hrefs} />
      <RequestFacts view={view} acceptanceHref={hrefs.acceptance} receiptHref={hrefs.receipt} />
    </>
  );
}
