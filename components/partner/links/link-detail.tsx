import { useTranslations } from "next-intl";
import { SettingControl } from "@/components/flow/settings/setting-control";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Disclosure } from "@/components/ui/disclosure";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { SavedNote } from "@/components/ui/saved-note";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { LinkDetails } from "@/lib/partner/link/schema";
import { LinkFields } from "./link-fields";
import { LINK_TONES } from "./link-states";

type Props = {
  link: LinkDetails;
  /** The QR code as the address of a picture. */
  qr: string;
  /** HTML for the partner's own page. */
  button: string;
  mayManage: boolean;
  hrefs: { back: string; svg: string; png: string };
  actions: { change: FormAction; prefill: FormAction; withdraw: FormAction };
};

const DOWNLOAD =
  "rounded-sm text-sm font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current";

function Share({ link, qr, button, hrefs }: Pick<Props, "link" | "qr" | "button" | "hrefs">) {
  const t = useTranslations("partnerLinks.detail");
  const isSession = link.kind === "session";
  if (link.state === "withdrawn" || link.state === "expired")
    return (
      <CardSection id="share" title={t("share")}>
        <p className="text-sm text-ink-soft">{t("shareEnded")}</p>
      </CardSection>
    );
  return (
    <CardSection id="share" title={t("share")} intro={isSession ? t("shareSession") : undefined}>
      <div className="grid gap-5">
        <div className="grid justify-items-start gap-2">
          <code className="max-w-full rounded-md bg-sunken px-2 py-1 text-xs wrap-anywhere">{link.url}</code>
          <CopyButton text={link.url} label={t("copy")} />
        </div>
        {!isSession && (
          <>
            <div className="flex flex-wrap items-start gap-4">
              {/* biome-ignore lint/performance/noImgElement: a picture in the address itself, nothing to optimize */}
              <img
                src={qr}
                alt={t("qrAlt", { label: link.label })}
                className="size-36 rounded-lg border border-line bg-white"
              />
              <div className="grid gap-2">
                <p className="text-sm font-medium">{t("qr")}</p>
                <a href={hrefs.svg} download className={DOWNLOAD}>
                  {t("svg")}
                </a>
                <a href={hrefs.png} download className={DOWNLOAD}>
                  {t("png")}
                </a>
              </div>
            </div>
            <div className="grid justify-items-start gap-2">
              <p className="text-sm font-medium">{t("button")}</p>
              <p className="text-sm text-ink-soft">{t("buttonHelp")}</p>
              <pre className="max-w-full overflow-auto rounded-md bg-sunken px-3 py-2 text-xs whitespace-pre-wrap wrap-anywhere">
                {button}
              </pre>
              <CopyButton text={button} label={t("copyButton")} />
            </div>
          </>
        )}
      </div>
    </CardSection>
  );
}

function Figures({ link }: { link: LinkDetails }) {
  const t = useTranslations("partnerLinks.detail");
  const { openings, lastOpenedAt, accepted, submitted, active } = link.figures;
  return (
    <CardSection id="figures" title={t("figures")}>
      <DescriptionList>
        <Description term={t("openings")}>
          {lastOpenedAt
            ? t.rich("openedLast", { count: openings, time: () => <Time at={lastOpenedAt} /> })
            : openings}
        </Description>
        <Description term={t("accepted")}>{accepted}</Description>
        <Description term={t("submitted")}>
          {link.maxUses === null ? submitted : t("uses", { used: submitted, max: link.maxUses })}
        </Description>
        {link.maxUses !== null && <Description term={t("reserved")}>{link.reserved}</Description>}
        <Description term={t("active")}>{active}</Description>
      </DescriptionList>
    </CardSection>
  );
}

function About({ link }: { link: LinkDetails }) {
  const t = useTranslations("partnerLinks.detail");
  const form = useTranslations("partnerLinks.form");
  const { customerRef, email, businessIds, returnUrl, expiresAt, campaign } = link;
  const given = (value: string | null) => <span className="wrap-anywhere">{value || t("notGiven")}</span>;
  return (
    <CardSection id="about" title={t("about")}>
      <DescriptionList>
        <Description term={t("made")}>
          <Time at={link.createdAt} />
        </Description>
        <Description term={t("until")}>{expiresAt ? <Time at={expiresAt} /> : t("noEnd")}</Description>
        {link.kind === "session" ? (
          <>
            <Description term={t("customerRef")}>{given(customerRef)}</Description>
            <Description term={t("email")}>{given(email)}</Description>
            <Description term={t("businessIds")}>{given(businessIds.join(", "))}</Description>
            <Description term={t("returnUrl")}>{given(returnUrl)}</Description>
          </>
        ) : (
          <Description term={form("campaign")}>{given(campaign)}</Description>
        )}
      </DescriptionList>
    </CardSection>
  );
}

function Prefill({ link, prefill }: { link: LinkDetails; prefill: FormAction }) {
  const t = useTranslations("partnerLinks");
  return (
    <CardSection id="settings" title={t("settings.title")} intro={t("settings.intro")}>
      <ActionForm action={prefill} className="grid max-w-xl gap-5">
        <FormError />
        {link.settings.map((setting) => (
          <SettingControl
            key={setting.name}
            setting={setting}
            given={link.prefilled}
            language={link.settingsLanguage}
          />
        ))}
        <div>
          <SubmitButton variant="secondary" size="small" pendingLabel={t("form.pending")}>
            {t("settings.save")}
          </SubmitButton>
          <SavedNote>{t("settings.saved")}</SavedNote>
        </div>
      </ActionForm>
    </CardSection>
  );
}

function Change({ link, actions }: { link: LinkDetails; actions: Props["actions"] }) {
  const t = useTranslations("partnerLinks");
  const isSession = link.kind === "session";
  return (
    <>
      {!isSession && link.settings.length > 0 && <Prefill link={link} prefill={actions.prefill} />}
      {!isSession && (
        <Disclosure summary={t("form.edit")}>
          <div className="rounded-xl border border-line bg-surface px-4 py-5 sm:px-6">
            <ActionForm action={actions.change} className="grid gap-5">
              <FormError />
              <LinkFields given={link} />
              <div>
                <SubmitButton pendingLabel={t("form.pending")}>{t("form.save")}</SubmitButton>
                <SavedNote>{t("form.saved")}</SavedNote>
              </div>
            </ActionForm>
          </div>
        </Disclosure>
      )}
      <div>
        <ConfirmDialog
          trigger={t("withdraw.open")}
          triggerSize="small"
          title={t("withdraw.title", { label: link.label })}
          description={t("withdraw.body")}
          keepLabel={t("withdraw.keep")}
          confirmLabel={t("withdraw.confirm")}
          pendingLabel={t("withdraw.pending")}
          action={actions.withdraw}
          hidden={{}}
        />
      </div>
    </>
  );
}

/** One link, or one link session. */
export function LinkDetail({ link, qr, button, mayManage, hrefs, actions }: Props) {
  const t = useTranslations("partnerLinks");
  const stages = useTranslations("partner.stages");
  const isSession = link.kind === "session";
  return (
    <>
      <div className="grid gap-3">
        <TextLink href={hrefs.back} className="justify-self-start text-sm">
          {t(isSession ? "backToSessions" : "back")}
        </TextLink>
        <PageHeading title={<span className="wrap-anywhere">{link.label}</span>}>
          <p className="flex flex-wrap items-center gap-2">
            {link.integrationName} ({stages(link.stage === "production" ? "production" : "test")})
            <StatusPill tone={LINK_TONES[link.state]}>
              {t(isSession ? `sessionStates.${link.state}` : `states.${link.state}`)}
            </StatusPill>
          </p>
        </PageHeading>
      </div>
      <Share link={link} qr={qr} button={button} hrefs={hrefs} />
      <Figures link={link} />
      <About link={link} />
      {mayManage && link.state !== "withdrawn" && <Change link={link} actions={actions} />}
    </>
  );
}
