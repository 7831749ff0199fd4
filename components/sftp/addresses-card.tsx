import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SavedNote } from "@/components/ui/saved-note";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { RelativeTime, Time } from "@/components/ui/time";
import type { AccountView, AddressView } from "@/lib/connection/intake/schema";

type Seen = AddressView & { isListed: boolean };
type Props = {
  connectionId: string;
  account: AccountView;
  addresses: readonly Seen[];
  allowAddress: FormAction;
  setNetworks: FormAction;
};

/** What holds now, and what will once the first day is over. */
function Rule({ account }: Pick<Props, "account">) {
  const t = useTranslations("sftp.addresses");
  const { allowsAnyAddress, asksUntil, networks } = account;
  if (allowsAnyAddress) return <p className="text-sm text-ink-soft">{t("any")}</p>;
  const isNoneAllowed = networks.length === 0;
  if (asksUntil !== null)
    return (
      <Alert tone={isNoneAllowed ? "warning" : "info"} role="note">
        {t.rich("asks", { time: () => <Time at={asksUntil} /> })} {isNoneAllowed && t("asksNone")}
      </Alert>
    );
  return isNoneAllowed ? (
    <Alert tone="danger" role="note">
      {t("onlyNone")}
    </Alert>
  ) : (
    <p className="text-sm text-ink-soft">{t("only")}</p>
  );
}

function SeenAddress({
  connectionId,
  seen,
  allowAddress,
}: Omit<Props, "account" | "addresses" | "setNetworks"> & { seen: Seen }) {
  const t = useTranslations("sftp.addresses");
  const { address, wasAllowed, lastAt, failures, isListed } = seen;
  const look = wasAllowed === null ? "wrong" : wasAllowed ? "allowed" : "refused";
  const tone = { wrong: "danger", allowed: "success", refused: "warning" } as const;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 text-sm first:pt-0 last:pb-0">
      <div className="grid min-w-0 gap-0.5">
        <code className="wrap-anywhere">{address}</code>
        <span className="flex flex-wrap gap-x-3 text-ink-soft">
          <span>{t.rich("last", { time: () => <RelativeTime at={lastAt} /> })}</span>
          {failures > 0 && <span>{t("failures", { count: failures })}</span>}
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <StatusPill tone={tone[look]}>{t(look)}</StatusPill>
        {wasAllowed !== null && !isListed && (
          <ActionForm action={allowAddress} hidden={{ connectionId, address }}>
            <FormError />
            <SubmitButton size="small" variant="secondary" pendingLabel={t("allowing")}>
              {t("allow")}
            </SubmitButton>
          </ActionForm>
        )}
      </div>
    </li>
  );
}

/** From where the account is entered, was tried to be, and may be. */
export function AddressesCard({ connectionId, account, addresses, allowAddress, setNetworks }: Props) {
  const t = useTranslations("sftp.addresses");
  return (
    <CardSection id="addresses" title={t("title")}>
      <div className="grid gap-4">
        <Rule account={account} />
        {addresses.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("none")}</p>
        ) : (
          <ul aria-label={t("seen")} className="divide-y divide-line">
            {addresses.map((seen) => (
              <SeenAddress
                key={seen.address}
                connectionId={connectionId}
                seen={seen}
                allowAddress={allowAddress}
              />
            ))}
          </ul>
        )}
        <Disclosure summary={t("edit")}>
          <ActionForm
            action={setNetworks}
            hidden={{ connectionId }}
            className="grid justify-items-start gap-3"
          >
            <FormError />
            <div className="w-full max-w-md">
              <Field name="networks" label={t("networks")} help={t("networksHelp")}>
                <Textarea
                  key={account.networks.join()}
                  rows={3}
                  spellCheck={false}
                  autoComplete="off"
                  defaultValue={account.networks.join("\n")}
                  className="min-h-20 font-mono text-xs"
                />
              </Field>
            </div>
            <label htmlFor="any-address" className="flex items-center gap-3 text-sm pointer-coarse:min-h-11">
              <Checkbox id="any-address" name="any" value="yes" defaultChecked={account.allowsAnyAddress} />
              {t("anyLabel")}
            </label>
            <SubmitButton size="small" variant="secondary" pendingLabel={t("saving")}>
              {t("save")}
            </SubmitButton>
            <SavedNote>{t("saved")}</SavedNote>
          </ActionForm>
        </Disclosure>
      </div>
    </CardSection>
  );
}
