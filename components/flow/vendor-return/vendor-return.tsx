import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { GuideLink } from "@/components/guide/guide-link";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { Spinner } from "@/components/ui/spinner";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { VendorReturnView } from "@/lib/grant/schema";
import { WithoutKey } from "../environments/without-key";
import { HandOverLink } from "../hand-over/hand-over-link";
import { KeyEntry } from "../pasted-key/key-entry";
import { SlowVendor } from "../slow-vendor";
import { VendorAnswerDetails } from "../status/vendor-answer-details";
import { ConfirmRequester } from "./confirm-requester";
import type { VendorReturnProps } from "./vendor-return-props";

type Reading = Extract<VendorReturnView, { state: "reading" }>;

type Refused = Extract<VendorReturnView, { state: "refused" }>;

type RefusedProps = Pick<VendorReturnProps, "lookUpAgain" | "homeHref"> & { view: Refused };

type AwaitingInitiator = Extract<VendorReturnView, { state: "awaiting_initiator" }>;

function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="grid gap-5 px-5 py-6 sm:px-8">
      <PageHeading title={title} />
      {children}
    </Card>
  );
}

function Waiting({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="text-sm text-ink-soft">
      <Spinner>{children}</Spinner>
    </p>
  );
}

function ReadingReturn({ view }: { view: Reading }) {
  const t = useTranslations("vendorReturn.reading");
  return (
    <Message title={t("title", { connector: view.connectorName })}>
      <RefreshEvery seconds={1} />
      <Waiting>{t("body")}</Waiting>
      <SlowVendor connectorName={view.connectorName} vendorAnswer={view.vendorAnswer} />
    </Message>
  );
}

function AwaitingInitiator({ view }: { view: AwaitingInitiator }) {
  const t = useTranslations("vendorReturn.awaitingInitiator");
  const values = { email: view.maskedEmail, connector: view.connectorName };
  return (
    <Message title={t("title", values)}>
      <RefreshEvery seconds={5} />
      <p className="text-ink-soft">{t("body", values)}</p>
      <Waiting>{t("waiting")}</Waiting>
    </Message>
  );
}

/** That somebody else has claimed a request is not told: to everybody but its owner it does not exist. */
function RefusedReturn({ view, lookUpAgain, homeHref }: RefusedProps) {
  const t = useTranslations("vendorReturn");
  const status = useTranslations("status");
  const code = view.code === "already_claimed" ? "not_found" : view.code;
  const values = { connector: view.connectorName, integration: view.integrationName };
  return (
    <Message title={t(`refused.${code}.title`, values)}>
      <p className="text-ink-soft">{t(`refused.${code}.whatToDo`, values)}</p>
      <WithoutKey names={view.withoutKey} connectorId={view.connectorId} connectorName={view.connectorName} />
      <p className="text-sm">
        <GuideLink
          connector={{ id: view.connectorId, name: view.connectorName }}
          helpWith={code === "not_read" ? "unavailable" : code}
        />
      </p>
      {view.vendorAnswer && (
        <VendorAnswerDetails answer={view.vendorAnswer} connectorName={view.connectorName} />
      )}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        {view.startAgainHref !== null && (
          <LinkButton href={view.startAgainHref}>{t("startAgain")}</LinkButton>
        )}
        <TextLink href={homeHref} className="text-sm">
          {status("toHome")}
        </TextLink>
      </div>
      {view.handOverHref !== null && (
        <HandOverLink href={view.handOverHref} connectorName={view.connectorName} />
      )}
      {code === "unavailable" && view.startAgainHref === null && (
        <ActionForm action={lookUpAgain} className="grid justify-items-start gap-3">
          <FormError />
          <SubmitButton pendingLabel={t("tryingAgain")}>{t("tryAgain")}</SubmitButton>
        </ActionForm>
      )}
      <KeyEntry href={view.pasteHref} connectorName={view.connectorName} />
    </Message>
  );
}

/** The page behind the vendor's return. Nothing is claimed before the customer says so here. */
export function VendorReturn(props: VendorReturnProps) {
  const { view } = props;
  if (view.state === "reading") return <ReadingReturn view={view} />;
  if (view.state === "confirm") return <ConfirmRequester {...props} view={view} />;
  if (view.state === "refused")
    return <RefusedReturn view={view} lookUpAgain={props.lookUpAgain} homeHref={props.homeHref} />;
  return <AwaitingInitiator view={view} />;
}
