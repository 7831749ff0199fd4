import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Disclosure } from "@/components/ui/disclosure";
import type { FormAction } from "@/components/ui/form-state";
import { Time } from "@/components/ui/time";
import type { AccountView } from "@/lib/connection/intake/schema";
import { type AddKey, KeyForm } from "./key-form";
import { PasswordForm, type RenewPassword } from "./password-form";

type Props = {
  connectionId: string;
  account: AccountView;
  server: { host: string; port: string; fingerprint: string | null };
  renewPassword: RenewPassword;
  addKey: AddKey;
  removeKey: FormAction;
};

function Value({ text, help }: { text: string; help?: string }) {
  const t = useTranslations("sftp.account");
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <code className="wrap-anywhere">{text}</code>
        <CopyButton text={text} label={t("copy")} />
      </div>
      {help && <p className="text-ink-soft">{help}</p>}
    </div>
  );
}

function Keys({ connectionId, account, addKey, removeKey }: Omit<Props, "server" | "renewPassword">) {
  const t = useTranslations("sftp.keys");
  return (
    <div className="grid gap-3">
      <p className="text-ink-soft">{t("intro")}</p>
      {account.keys.length === 0 && <p>{t("none")}</p>}
      <ul className="grid gap-3 empty:hidden">
        {account.keys.map(({ name, fingerprint, addedAt }) => (
          <li key={fingerprint} className="flex flex-wrap items-center justify-between gap-2">
            <div className="grid min-w-0 gap-0.5">
              <code className="text-xs wrap-anywhere">{fingerprint}</code>
              <span className="text-ink-soft wrap-anywhere">
                {name && `${name} · `}
                {t.rich("added", { time: () => <Time at={addedAt} precision="date" /> })}
              </span>
            </div>
            <ConfirmDialog
              trigger={t("remove")}
              triggerVariant="quiet"
              triggerSize="small"
              title={t("removeTitle")}
              description={
                <>
                  <code className="text-xs wrap-anywhere">{fingerprint}</code>
                  <p>{t("removeBody")}</p>
                </>
              }
              keepLabel={t("removeKeep")}
              confirmLabel={t("removeConfirm")}
              pendingLabel={t("removing")}
              action={removeKey}
              hidden={{ connectionId, fingerprint }}
            />
          </li>
        ))}
      </ul>
      <Disclosure summary={t("add")}>
        <KeyForm connectionId={connectionId} add={addKey} />
      </Disclosure>
    </div>
  );
}

/** All that a client asks for; the password only in the moment in which it is made. */
export function AccountCard({ connectionId, account, server, ...actions }: Props) {
  const t = useTranslations("sftp");
  const folders = [
    ["/", "folderRoot"],
    ["/Result/", "folderResult"],
    ["/Log/", "folderLog"],
  ] as const;
  return (
    <CardSection id="account" title={t("account.title")} intro={t("account.intro")}>
      <DescriptionList>
        <Description term={t("account.host")}>
          <Value text={server.host} />
        </Description>
        <Description term={t("account.port")}>
          <Value text={server.port} />
        </Description>
        <Description term={t("account.user")}>
          <Value text={account.userName} />
        </Description>
        <Description term={t("password.title")}>
          <div className="grid gap-2">
            <p>
              {account.passwordSetAt === null
                ? t("password.none")
                : t.rich("password.set", { time: () => <Time at={account.passwordSetAt ?? ""} /> })}
            </p>
            <PasswordForm
              connectionId={connectionId}
              hasPassword={account.passwordSetAt !== null}
              renew={actions.renewPassword}
            />
          </div>
        </Description>
        <Description term={t("keys.title")}>
          <Keys
            connectionId={connectionId}
            account={account}
            addKey={actions.addKey}
            removeKey={actions.removeKey}
          />
        </Description>
        <Description term={t("account.hostKey")}>
          {server.fingerprint === null ? (
            <p>{t("account.noHostKey")}</p>
          ) : (
            <Value text={server.fingerprint} help={t("account.hostKeyHelp")} />
          )}
        </Description>
        <Description term={t("account.integrationId")}>
          <Value text={account.integrationId} help={t("account.integrationIdHelp")} />
        </Description>
        <Description term={t("account.folders")}>
          <ul className="grid gap-1">
            {folders.map(([path, words]) => (
              <li key={path}>
                <code>{path}</code> <span className="text-ink-soft">{t(`account.${words}`)}</span>
              </li>
            ))}
          </ul>
          <p className="pt-1 text-ink-soft">{t("account.kept")}</p>
        </Description>
      </DescriptionList>
    </CardSection>
  );
}
